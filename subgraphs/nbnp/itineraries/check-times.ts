import { refuseInput } from '@hub/shared/errors';

/** Start and end as free text: `10:00`, or `after lunch`. */
interface Times {
  readonly from?: string | null;
  readonly to?: string | null;
}

const isHour = (text: string | null | undefined): text is string =>
  text != null && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/**
 * Compares start and end only if both are times of day.
 * @throws HubError `BAD_USER_INPUT` for an end before the start
 */
export function checkTimes({ from, to }: Times): void {
  if (isHour(from) && isHour(to) && from > to)
    refuseInput('input.to', 'A stop must not end before it starts.');
}
