/// How reports look. Colours are variables, so that figures follow the reader's light or dark setting.
enum ReportStyle {
    static let sheet: HTML = """
        :root {
          color-scheme: light dark;
          --page: #f5f6f8; --surface: #ffffff; --line: #dfe3e8; --text: #1b2330; --muted: #5b6675;
          --high: #14857a; --low: #eda84b; --empty: #eceff2; --on-high: #ffffff; --on-low: #33270f; --mark: #b3501e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #10141b; --surface: #191f29; --line: #2d3643; --text: #e5e9f0; --muted: #98a3b3;
            --high: #23a294; --low: #b9792a; --empty: #222a36; --on-high: #ffffff; --on-low: #ffffff; --mark: #f0a06a;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; max-width: 72rem; padding: 2.5rem 1.5rem 4rem; background: var(--page); color: var(--text);
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        }
        h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; }
        h2 { margin: 0 0 1rem; font-size: 1.15rem; }
        .lead { margin: 0.5rem 0 0; color: var(--muted); max-width: 46rem; }
        section {
          margin-top: 1.5rem; padding: 1.4rem 1.5rem; background: var(--surface); border: 1px solid var(--line);
          border-radius: 12px; overflow-x: auto;
        }
        p { margin: 0.6rem 0; }
        .note { color: var(--muted); font-size: 0.875rem; max-width: 46rem; }
        footer { margin-top: 2rem; color: var(--muted); font-size: 0.85rem; text-align: center; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.5rem; margin: 0; }
        dt { color: var(--muted); }
        dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: plaintext; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; }
        .tile { padding: 0.9rem 1.1rem; background: var(--page); border-radius: 10px; }
        .tile b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
        .tile span { color: var(--muted); font-size: 0.875rem; }
        table { border-collapse: collapse; width: 100%; font-size: 0.925rem; }
        th, td { padding: 0.5rem 0.75rem 0.5rem 0; text-align: left; vertical-align: top; }
        th { color: var(--muted); font-weight: 500; border-bottom: 1px solid var(--line); }
        tr + tr td { border-top: 1px solid var(--line); }
        td { overflow-wrap: anywhere; unicode-bidi: plaintext; }
        th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        details summary { cursor: pointer; color: var(--muted); }
        blockquote {
          margin: 0.5rem 0; padding: 0.1rem 0 0.1rem 0.8rem; border-left: 3px solid var(--line); white-space: pre-wrap;
          font-size: 0.875rem;
        }
        .low { color: var(--mark); }
        figure { margin: 0 0 1.5rem; }
        figcaption { margin-bottom: 0.5rem; font-weight: 600; font-size: 0.95rem; }
        svg { display: block; max-width: 100%; height: auto; font: 12px system-ui, -apple-system, sans-serif; }
        svg text { fill: var(--text); }
        svg .muted { fill: var(--muted); }
        svg .on-high { fill: var(--on-high); }
        svg .on-low { fill: var(--on-low); }
        svg .low-layer { fill: var(--low); }
        svg .high-layer { fill: var(--high); }
        svg .empty { fill: var(--empty); }
        svg .rule { stroke: var(--line); stroke-width: 1; }
        svg .whisker { fill: none; stroke: var(--text); stroke-width: 1.5; }
        svg .mark { fill: var(--mark); }
        @media print { body { max-width: none; } section { break-inside: avoid-page; } }
        """
}
