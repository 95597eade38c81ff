import { html, type TemplateResult } from 'lit/html.js';

function icon(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

/** Line drawings on a grid of 24, in the colour of the text around them; never announced. */
export const icons = {
  text: icon('M4 9h16M4 15h16M10 4 8 20M16 4l-2 16'),
  announcements: icon('M4 10v4h3l9 4V6l-9 4zM7 14v5h3v-4M19 9.5a4 4 0 0 1 0 5'),
  forum: icon('M4 5h11v8H9l-3 3v-3H4zM18 9h2v8h-2v3l-3-3h-4'),
  thread: icon('M5 4v8a3 3 0 0 0 3 3h11M15 11l4 4-4 4'),
  person: icon('M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0'),
  menu: icon('M4 6h16M4 12h16M4 18h16'),
  close: icon('M6 6l12 12M18 6 6 18'),
  moon: icon('M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z'),
  sun: icon(
    'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  ),
  send: icon('M4 12 20 4l-5 16-4-6z'),
  eye: icon('M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z'),
  open: icon('M14 4h6v6M20 4l-9 9M18 14v5H5V6h5'),
  down: icon('M6 9l6 6 6-6'),
  check: icon('M5 12.5 10 17.5 19 7'),
  file: icon('M6 3h8l4 4v14H6zM14 3v4h4'),
  image: icon('M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01'),
  warning: icon('M12 4 2.8 20h18.4zM12 10v4M12 17h.01'),
  command: icon('M4 4h16v16H4zM14 8l-4 8'),
};
