internal import Imagery

extension ContrastiveSummaryPage {
  static let title = "What would have to change, on average?"

  static let introduction: HTML = """
    <p class="meaning">“Why P, rather than Q?” was asked of many pictures: each was changed, by as \
    little as could be found, until the network called it Q as readily as P. Shown is the mean of \
    what was <b class="red">added</b> and <b class="blue">taken away</b>, and the \
    <b class="yellow">square</b> that holds the most for its size. Most surprising squares first.</p>
    """

  static let reading: HTML = """
    <p><b>Why the mean?</b> What changes in single pictures differs with their strokes, folds and \
    places and cancels out; what the network always looks for remains. A shape all over the \
    picture is what one would hope for. One small spot that holds most of the change, where \
    nothing of the thing itself is, is the mark of a shortcut: a stamp, a border, a watermark that \
    came with the class.</p>
    <p><b>The square</b> is the one whose share s of the absolute change is most surprising for \
    its share a of the pixels, by s log(s/a) + (1 − s) log((1 − s)/(1 − a)). <i>One spot</i>: at \
    least half of the change in at most a tenth of the picture.</p>
    <p><b>Colours.</b> Each map has a scale of its own, whose end is written below it, over the \
    mean picture of P where that is known. Pictures whose search failed are not in the mean.</p>
    """

  static let style = """
    .pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); \
    gap: 1.6rem 1.2rem; }
    .pairs figcaption { margin-top: .3rem; line-height: 1.4; } \
    .pairs figcaption b { color: var(--ink); }
    .pairs .warn { color: var(--warnink); background: var(--warnback); border-radius: 4px; \
    padding: 0 .3em; font-weight: 600; }
    .pairs figcaption b.warn { color: var(--warnink); }
    .pairs small { color: var(--soft); }
    .others { display: grid; grid-template-columns: repeat(auto-fill, minmax(4.6rem, 1fr)); \
    gap: .4rem; margin-top: .5rem; }
    .others figcaption { font-size: .8rem; line-height: 1.25; }
    .red, .blue, .yellow { color: #111; border-radius: 4px; padding: 0 .3em; }
    .red { background: var(--added); } .blue { background: var(--taken); } \
    .yellow { background: \(DrawnPair.outline); }
    """
}
