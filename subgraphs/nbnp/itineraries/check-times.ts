import { HubError } from '@hub/shared/errors';
import { checkName } from '@hub/shared/mutations';

/** From when to when, in the words of whoever plans it: `10:00`, or `after lunch`. */
interface Times {
  readonly from?: string | null;
  readonly to?: string | null;
}

const isHour = (text: string | null | undefined): text is string =>
  text != null && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** @throws HubError `BAD_USER_INPUT` for an hour that ends before it starts, and for texts that say nothing */
export function checkTimes({ from, to }: Times): void {
  checkName(from, 'input.from');
  checkName(to, 'input.to');
  if (isHour(from) && isHour(to) && from > to) {
    throw new HubError('BAD_USER_INPUT', {
      argument: 'input.to',
      message: 'A stop does not end before it starts.',
    });
  }
}
