package io.github.tornadoctc.explain;

/** A page that needs nothing but itself: no network, no script; light or dark as the reader has it, and on a phone. */
final class Html {
    private static final String STYLE =
            """
            :root { color-scheme: light dark;
              --page: #ffffff; --ink: #1f2328; --faint: #59636e; --line: #d1d9e0; --band: #f3f4f6;
              --heat: #2a78d6; --path: #d9480f; --hit: #e8f1fc; }
            @media (prefers-color-scheme: dark) { :root {
              --page: #0d1117; --ink: #e6edf3; --faint: #9198a1; --line: #3d444d; --band: #171d25;
              --heat: #2a78d6; --path: #ff8a4c; --hit: #14263d; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--page); color: var(--ink);
              font: 16px/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
            h1 { font-size: 1.35rem; line-height: 1.25; margin: .25rem 0 .5rem; }
            h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            p { margin: .5rem 0; max-width: 44rem; }
            .faint { color: var(--faint); }
            .scroll { overflow-x: auto; max-width: 100%; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .2rem .75rem .2rem 0; text-align: left; white-space: nowrap;
              border-bottom: 1px solid var(--line); }
            th { color: var(--faint); font-weight: 500; }
            th.number, td.number { text-align: right; }
            code, .mono { font-family: ui-monospace, Menlo, Consolas, monospace; }
            """;

    private Html() {}

    /** A page of a title, more style, and a body that is HTML already. */
    static String page(String title, String moreStyle, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s%s</style>
                </head>
                <body>
                %s</body>
                </html>
                """
                .formatted(escape(title), STYLE, moreStyle, body);
    }

    /** Text as it may stand between tags and in attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
