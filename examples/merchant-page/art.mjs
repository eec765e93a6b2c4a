// The shop's own pictures, drawn in SVG. All of them are decoration: the text beside them says what they show.
import { raw } from "./html.mjs";

const MOTIFS = {
  sun: (ink) => `<circle cx="120" cy="164" r="17" fill="${ink}"/>
    <g stroke="${ink}" stroke-width="5" stroke-linecap="round">
      <path d="M120 132v-8M120 204v-8M88 164h-8M160 164h-8M97 141l-6-6M149 193l-6-6M97 187l-6 6M149 135l-6 6"/></g>`,
  waves: (ink) => `<g fill="none" stroke="${ink}" stroke-width="6" stroke-linecap="round">
      <path d="M82 146q10-12 19 0t19 0 19 0 19 0M82 165q10-12 19 0t19 0 19 0 19 0M82 184q10-12 19 0t19 0 19 0 19 0"/></g>`,
  leaf: (ink) => `<path d="M92 190q-2-58 58-62 2 62-58 62z" fill="${ink}"/>
    <path d="M86 200q24-40 48-56" fill="none" stroke="${ink}" stroke-width="5" stroke-linecap="round"/>`,
  moon: (ink) => `<path d="M136 130a36 36 0 1 0 12 58 30 30 0 0 1-12-58z" fill="${ink}"/>
    <g fill="${ink}"><circle cx="154" cy="146" r="4"/><circle cx="142" cy="164" r="2.5"/><circle cx="162" cy="170" r="2.5"/></g>`,
};

export const tin = ({ motif, colours }) => raw(`<svg class="tin" viewBox="0 0 240 260" aria-hidden="true" focusable="false">
  <ellipse cx="120" cy="240" rx="82" ry="10" fill="#000" opacity=".14"/>
  <path d="M46 62v164c0 9 33 16 74 16s74-7 74-16V62z" fill="${colours.body}"/>
  <path d="M164 62v176c18-3 30-7 30-12V62z" fill="${colours.shade}" opacity=".75"/>
  <path d="M46 104v122c0 0 33 0 74 0s74 0 74 0V104c-18 6-44 9-74 9s-56-3-74-9z" fill="${colours.label}" transform="translate(0 -2) scale(1 .96)"/>
  <path d="M164 108v107h30v-115q-12 6-30 8z" fill="#000" opacity=".07"/>
  ${MOTIFS[motif](colours.ink)}
  <path d="M40 38v24c0 10 36 18 80 18s80-8 80-18V38z" fill="${colours.shade}"/>
  <ellipse cx="120" cy="38" rx="80" ry="18" fill="${colours.body}"/>
  <ellipse cx="120" cy="35" rx="26" ry="6" fill="${colours.shade}"/>
  <path d="M56 60v158" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".22"/>
</svg>`);

export const logo = () => raw(`<svg class="logo" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
  <circle cx="20" cy="20" r="20" fill="var(--accent)"/>
  <path d="M11 25q-1-15 17-16 1 16-17 16z" fill="#fff"/>
  <path d="M7 30q4-5 8.5 0t8.5 0 8.5 0" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>
</svg>`);

export const scene = () => raw(`<svg class="scene" viewBox="0 0 560 420" aria-hidden="true" focusable="false">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f6c89a"/><stop offset="1" stop-color="#fdeed9"/></linearGradient>
    <linearGradient id="sea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#4f8a8b"/><stop offset="1" stop-color="#1f4e52"/></linearGradient>
    <clipPath id="frame"><rect width="560" height="420" rx="28"/></clipPath>
  </defs>
  <g clip-path="url(#frame)">
    <rect width="560" height="420" fill="url(#sky)"/>
    <circle cx="392" cy="176" r="58" fill="#f08a4b"/>
    <path d="M0 196q90-44 190-18t190-6 180 10v80H0z" fill="#8fb0a4" opacity=".7"/>
    <rect y="226" width="560" height="194" fill="url(#sea)"/>
    <g stroke="#f5b27a" stroke-width="5" stroke-linecap="round" opacity=".75">
      <path d="M346 244h92M362 260h62M352 276h84M374 292h40"/></g>
    <path d="M52 230v-74l62-44 62 44v74z" fill="#fff6e8"/>
    <path d="M42 162l72-52 72 52" fill="none" stroke="#8b3a2b" stroke-width="13" stroke-linejoin="round" stroke-linecap="round"/>
    <path d="M88 230v-48q26-22 52 0v48z" fill="#24555a"/>
    <circle cx="114" cy="148" r="10" fill="#24555a"/>
    <path d="M30 230h168v9H30zM44 239v30M184 239v30M114 239v30" fill="#7a5a43" stroke="#7a5a43" stroke-width="7"/>
    <g fill="none" stroke="#cfe3dc" stroke-width="4" stroke-linecap="round" opacity=".5">
      <path d="M20 318q13-9 26 0t26 0 26 0M470 330q13-9 26 0t26 0 26 0M72 372q13-9 26 0t26 0 26 0"/></g>
    <path d="M0 372h560v48H0z" fill="#6b4a37"/><path d="M0 372h560v8H0z" fill="#8a6148"/>
    <ellipse cx="300" cy="374" rx="104" ry="13" fill="#fff" opacity=".95"/><ellipse cx="300" cy="371" rx="70" ry="7" fill="#e3dccf"/>
    <path d="M376 296h18a28 28 0 0 1 0 56h-24" fill="none" stroke="#fffaf1" stroke-width="12"/>
    <path d="M216 280h168q0 90-54 92h-60q-54-2-54-92z" fill="#fffaf1"/>
    <path d="M360 282q-4 84-44 90h14q54-2 54-90z" fill="#e8ddca"/>
    <ellipse cx="300" cy="280" rx="84" ry="15" fill="#f2e8d8"/><ellipse cx="300" cy="282" rx="74" ry="11" fill="#a5532a"/>
    <g fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round" opacity=".85">
      <path d="M270 258q-18-22 0-42t0-42M302 254q-18-24 0-46t0-44M334 258q-18-22 0-42t0-42"/></g>
  </g>
</svg>`);

export const pair = () => raw(`<svg class="pair" viewBox="0 0 220 130" aria-hidden="true" focusable="false">
  <g fill="none" stroke="var(--muted)" stroke-width="5" stroke-linecap="round" opacity=".6">
    <path d="M58 40q-9-10 0-18t0-16M76 40q-9-10 0-18t0-16M146 40q-9-10 0-18t0-16M164 40q-9-10 0-18t0-16"/></g>
  <path d="M100 62h8a14 14 0 0 1 0 28h-12" fill="none" stroke="#c8553d" stroke-width="7"/>
  <path d="M30 52h74q0 50-26 52H56q-26-2-26-52z" fill="#c8553d"/>
  <path d="M192 62h8a14 14 0 0 1 0 28h-12" fill="none" stroke="#35736f" stroke-width="7"/>
  <path d="M122 52h74q0 50-26 52h-22q-26-2-26-52z" fill="#35736f"/>
  <rect x="22" y="108" width="186" height="8" rx="4" fill="var(--line)"/>
</svg>`);
