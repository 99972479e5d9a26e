/// What all pages have in common: colours by day and by night, type, and tables of facts.
enum Stylesheet {
  static let shared = """
    :root { color-scheme: light dark; --ink: #1c1c1e; --soft: #6b6b70; --line: #d9d9de; \
    --ground: #fff; --bar: #3b6fb6; --raised: #f5f5f7; --tint: #e8effa; --twig: #a9a9b2; \
    --warnback: #fdeec7; --warnink: #6b4500; --hatch: #e3e3e8; \
    --ink0: #2f6fb7; --ink1: #c2571a; --ink2: #2b7a4b; --ink3: #8a4fa8; --ink4: #a3822a; \
    --ink5: #b5325f; }
    @media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #a0a0a8; \
    --line: #3a3a40; --ground: #161618; --bar: #7aa7e0; --raised: #212125; --tint: #22304a; \
    --twig: #5d5d66; --warnback: #4a3a10; --warnink: #ffe2a0; --hatch: #2c2c31; \
    --ink0: #7db0ee; --ink1: #f0986a; --ink2: #74cf99; --ink3: #c79be0; --ink4: #dcc06a; \
    --ink5: #f08cb0; } }
    body { margin: 0 auto; color: var(--ink); background: var(--ground); \
    font: 16px/1.5 system-ui, sans-serif; }
    h1 { line-height: 1.25; }
    footer { border-top: 1px solid var(--line); }
    .facts th { text-align: left; font-weight: 400; color: var(--soft); padding-right: 1rem; \
    vertical-align: top; white-space: nowrap; }
    code { font-size: .88em; overflow-wrap: anywhere; }
    """
}
