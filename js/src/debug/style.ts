// How the overlay looks: its own, whatever the page's styles are.
export const STYLE = `
:host { all: initial; }
aside { --ink: #1a1c1f; --paper: #fff; --soft: #f1f3f5; --line: #c9ced4; --link: #0b57d0; position: fixed; z-index: 2147483647; right: 12px; bottom: 12px;
  width: min(440px, calc(100vw - 24px)); max-height: min(640px, calc(100vh - 24px)); box-sizing: border-box; overflow: auto; color: var(--ink); background: var(--paper);
  border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 30px #0004; font: 14px/1.5 system-ui, sans-serif; text-align: start; }
@media (prefers-color-scheme: dark) { aside { --ink: #eceff2; --paper: #1b1e22; --soft: #272b31; --line: #4a525c; --link: #a8c7fa; } }
@media (max-width: 500px) { aside { right: 0; bottom: 0; width: 100vw; max-height: 70vh; border-radius: 10px 10px 0 0; } }
header { position: sticky; top: 0; display: flex; gap: 8px; align-items: center; justify-content: space-between; padding: 8px 8px 8px 16px; background: var(--paper);
  border-bottom: 1px solid var(--line); }
h2, h3, h4, p, dl, ol, ul, pre { margin: 0 0 8px; padding: 0; }
h2 { margin: 0; font-size: 16px; } h3 { font-size: 14px; } h4 { font-size: 13px; }
button { min-width: 44px; min-height: 44px; border: 1px solid var(--line); border-radius: 8px; background: var(--soft); color: inherit; font: inherit; cursor: pointer; }
details { padding: 4px 16px; border-bottom: 1px solid var(--line); }
summary { min-height: 36px; line-height: 36px; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
dt { font-weight: 600; } dd { margin: 0 0 6px; overflow-wrap: anywhere; }
p, li { overflow-wrap: anywhere; }
ol { list-style: none; } ul { padding-inline-start: 18px; }
li > h3 { margin-top: 8px; }
pre { padding: 8px; overflow: auto; max-height: 220px; background: var(--soft); border-radius: 6px; font: 12px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
