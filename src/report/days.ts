/** When a certificate ends, in words. */

/**
 * `daysLeft` are whole days, rounded down: -1 is within the last day. Such as `ends in 29 days` or `ended 12 days ago`.
 */
export function endText(daysLeft: number): string {
  if (daysLeft === -1) return "ended within the last day";
  if (daysLeft < 0) return `ended ${counted(-daysLeft - 1)} ago`;
  return daysLeft === 0 ? "ends within a day" : `ends in ${counted(daysLeft)}`;
}

function counted(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
