"""The page of the workbench in Chromium: what a person does, and the milliseconds until it is drawn.

Times run in the page, from the event (a drop, a click) to the frame after the last thing that it changes.
"""

import base64
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

# A person looks before asking again; the page takes what follows sooner for one movement, of which only the end counts.
PAUSE = 0.3

# What is called when the page shows what was awaited: once the frame with it has gone to the screen.
DRAWN = """
const drawn = (isThere, start, done) => {
  const look = () => {
    if (!isThere()) return requestAnimationFrame(look)
    // This frame is made of what is there now; the message comes behind it.
    const channel = new MessageChannel()
    channel.port1.onmessage = () => done(performance.now() - start)
    channel.port2.postMessage(0)
  }
  look()
}
const byId = (id) => document.getElementById(id)
const mark = () => { for (const one of document.querySelectorAll('#tiles > *, #bars > *')) one.dataset.old = 'yes' }
const isNew = (id) => byId(id).childElementCount > 0 && !byId(id).querySelector(':scope > [data-old]')
const isAnswered = () => isNew('tiles') && !byId('legend').hidden && byId('working').hidden
"""
DROP = DRAWN + """
const [data, name, done] = arguments
const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0))
const transfer = new DataTransfer()
transfer.items.add(new File([bytes], name, { type: 'image/jpeg' }))
mark()
const start = performance.now()
dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
drawn(() => isNew('bars') && isAnswered(), start, done)
"""
CLICK = DRAWN + """
const [place, done] = arguments
const bars = document.querySelectorAll('.bar .label')
mark()
const start = performance.now()
bars[place % bars.length].click()
drawn(isAnswered, start, done)
"""
TURN = DRAWN + """
const [words, tiles, done] = arguments
mark()
const start = performance.now()
location.hash = words
drawn(() => isAnswered() && document.querySelectorAll('#tiles canvas').length >= tiles, start, done)
"""
BRUSH = DRAWN + """
const [at, done] = arguments
const canvas = byId('brush-canvas')
const box = canvas.getBoundingClientRect()
const before = byId('brush-odds').textContent
const send = (name, x, y) => canvas.dispatchEvent(new PointerEvent(name, {
  pointerId: 1, button: 0, buttons: 1, bubbles: true, cancelable: true,
  clientX: box.left + x * box.width, clientY: box.top + y * box.height }))
canvas.setPointerCapture = () => {}
const start = performance.now()
send('pointerdown', at, 0.5)
drawn(() => byId('brush-odds').textContent !== before, start, (time) => {
  send('pointerup', at, 0.5)
  done(time)
})
"""


class Page:
    def __init__(self, address):
        self.address = address
        options = Options()
        for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,1000"]:
            options.add_argument(word)
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(60)

    def open(self, fragment=""):
        """Opens the page anew; milliseconds until it was painted first, and until all is there to begin with."""
        self.driver.get("about:blank")
        self.driver.get(self.address + "/" + fragment)
        return self.driver.execute_async_script("""
          const done = arguments[0]
          const look = () => {
            const paint = performance.getEntriesByName('first-contentful-paint')[0]
            if (!paint || !document.body.classList.contains('ready')) return setTimeout(look, 5)
            done([paint.startTime, performance.now()])
          }
          look()""")

    def weight(self):
        """Kilobytes of all that was loaded, as they are and as they went over the wire."""
        return self.driver.execute_script("""
          const all = [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
            .filter((one) => !/picture|\\/api\\/inputs/.test(one.name))
          const sum = (key) => all.reduce((total, one) => total + one[key], 0) / 1000
          return [sum('decodedBodySize'), sum('encodedBodySize')]""")

    def drop(self, photo, number):
        """Each photo is another file, for bytes after a JPEG's end say nothing."""
        data = base64.b64encode(photo + number.to_bytes(8, "big")).decode()
        return self.driver.execute_async_script(DROP, data, f"photo{number}.jpg")

    def show_brush(self):
        self.driver.find_element("id", "tab-brush").click()
        self.driver.execute_async_script("""
          const done = arguments[0]
          const look = () => document.querySelector('#brush-bars li') ? done() : setTimeout(look, 20)
          look()""")

    def paint(self, at):
        """A dab of the brush, until other bars are drawn."""
        time.sleep(PAUSE)
        return self.driver.execute_async_script(BRUSH, at)

    def click(self, place):
        time.sleep(PAUSE)
        return self.driver.execute_async_script(CLICK, place)

    def turn(self, fragment, tiles=1):
        time.sleep(PAUSE)
        return self.driver.execute_async_script(TURN, fragment, tiles)

    def state(self):
        return self.driver.execute_script("return location.hash.slice(1)")

    def close(self):
        self.driver.quit()
