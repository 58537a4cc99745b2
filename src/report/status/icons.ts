/** The icon of the window: a mark, not only a colour. */

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">';
const MARK = 'fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"';

/** All is as expected. */
export const goodIcon =
  `${HEAD}<circle cx="8" cy="8" r="8" fill="#0f7b3f"/><path d="M4 8.5l3 3 5-6" ${MARK}/></svg>`;

/** Something is down. */
export const badIcon =
  `${HEAD}<rect width="16" height="16" rx="3" fill="#b3261e"/><path d="M5 5l6 6M11 5l-6 6" ${MARK}/></svg>`;
