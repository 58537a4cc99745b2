/** Local times. */

/** ISO 8601 with milliseconds and numeric offset: `2026-11-23T16:39:56.123+01:00`. */
export function renderIsoTime(time: number, offsetMinutes: number): string {
  const local = new Date(time + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const minutes = String(Math.floor(size % 60)).padStart(2, "0");
  return `${local}${offsetMinutes < 0 ? "-" : "+"}${hours}:${minutes}`;
}
