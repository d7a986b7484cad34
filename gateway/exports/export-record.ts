import { HubError, isErrorCode } from '@hub/shared/errors';
import { isObject, type AnswerError, type HubAnswer } from './answer.js';

/** The error of ours that an error of an answer is. */
function toHubError({ message, extensions: { code, ...details } = {} }: AnswerError): HubError {
  if (!isErrorCode(code)) return new HubError('INTERNAL_SERVER_ERROR');
  return new HubError(code, { ...details, message });
}

/** An error of everything that was asked for, and not of one row of it. */
const isOfAll = ({ path }: AnswerError): boolean => !path?.some((step) => typeof step === 'number');

/** True where nothing is left of what an error is of. */
const isNothing = (data: unknown, [name, ...rest]: AnswerError['path'] = []): boolean =>
  name === undefined || !isObject(data)
    ? data === null || data === undefined
    : isNothing(data[name], rest);

/** Where in a row an error is: `owner.name`. */
function placeInRow({ path = [] }: AnswerError): string {
  const row = path.findIndex((step) => typeof step === 'number');
  const [first, ...rest] = path.slice(row + 1).filter((step) => typeof step === 'string');
  // Between an edge and its row there is one more step.
  return (path[row - 1] === 'edges' && first === 'node' ? rest : [first, ...rest]).join('.');
}

const isOfPartner = (code: unknown): boolean => String(code).startsWith('PARTNER_');

/** What the answers of one export came to: who answered, and what was withheld. */
export class ExportRecord {
  readonly #statuses = new Map<string, string>();
  readonly #withheld = new Set<string>();
  readonly #codes = new Set<string>();

  /** @param isPartial whether an export that is not whole is wanted all the same */
  constructor(private readonly isPartial: boolean) {}

  /**
   * Takes note of an answer.
   * @throws HubError the code of what was refused as a whole; of what is missing, unless what there is is wanted
   */
  record({ data, errors = [], extensions }: HubAnswer): void {
    this.#recordStatuses(extensions?.completeness);
    const refusal = errors.find((error) => this.#isRefusal(error, data));
    if (refusal) throw toHubError(refusal);
    if (!this.isPartial) this.refuseMissing();
    for (const error of errors) {
      const code = error.extensions?.code;
      if (code === 'FORBIDDEN' && !isOfAll(error)) this.#withheld.add(placeInRow(error));
      else if (this.isPartial) this.#codes.add(String(code));
      else throw toHubError(error);
    }
  }

  /** True of what asking again, or for less, does not help against. */
  #isRefusal(error: AnswerError, data: HubAnswer['data']): boolean {
    if (!data) return true;
    if (!isOfAll(error) || isOfPartner(error.extensions?.code)) return false;
    return !this.isPartial || isNothing(data, error.path);
  }

  /** Of several answers of one partner, the first fault counts. */
  #recordStatuses(completeness: unknown): void {
    const partners = isObject(completeness) ? completeness.partners : undefined;
    for (const [partner, answer] of Object.entries(isObject(partners) ? partners : {})) {
      const known = this.#statuses.get(partner);
      const status = isObject(answer) ? String(answer.status) : 'INVALID_RESPONSE';
      if (known === undefined || known === 'ANSWERED') this.#statuses.set(partner, status);
    }
  }

  /** @throws HubError the code of a partner that is missing, if one is */
  refuseMissing(): void {
    const missing = [...this.#statuses].filter(([, status]) => status !== 'ANSWERED');
    const [first] = missing;
    if (!first) return;
    const [partner, status] = first;
    const code = `PARTNER_${status}`;
    const names = missing.map(([name]) => name).join(', ');
    throw new HubError(isErrorCode(code) ? code : 'PARTNER_UNAVAILABLE', {
      message: `The export would not be whole without ${names}. Ask again later, or with \`partial=true\` for the rest.`,
      partner,
      completeness: this.completeness,
    });
  }

  get completeness() {
    const partners = [...this.#statuses].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      complete: this.#codes.size === 0 && partners.every(([, status]) => status === 'ANSWERED'),
      partners: Object.fromEntries(partners.map(([partner, status]) => [partner, { status }])),
    };
  }

  /** Of these columns, or of all places where there are none, those in which something was withheld. */
  withheld(columns?: readonly string[]): readonly string[] {
    const places = [...this.#withheld];
    if (!columns) return places.toSorted();
    const isWithin = (inner: string, outer: string) => `${inner}.`.startsWith(`${outer}.`);
    return columns.filter((column) =>
      places.some((place) => isWithin(column, place) || isWithin(place, column)),
    );
  }
}
