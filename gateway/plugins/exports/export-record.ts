import { HubError, isErrorCode, isWithheld } from '@hub/shared/errors';
import { isObject, type GraphResponse, type GraphResponseError } from './graph-response.js';

/** The HubError for an error of a response. */
function toHubError({
  message,
  extensions: { code, ...details } = {},
}: GraphResponseError): HubError {
  if (!isErrorCode(code)) return new HubError('INTERNAL_SERVER_ERROR');
  return new HubError(code, { ...details, message });
}

/** True for an error of the whole response, and not of one row. */
const isOfAll = ({ path }: GraphResponseError): boolean =>
  !path?.some((step) => typeof step === 'number');

/** True if nothing is left of the field of an error. */
const isNothing = (data: unknown, [name, ...rest]: GraphResponseError['path'] = []): boolean =>
  name === undefined || !isObject(data)
    ? data === null || data === undefined
    : isNothing(data[name], rest);

/** The position of an error within a row: `owner.name`. */
function placeInRow({ path = [] }: GraphResponseError): string {
  const row = path.findIndex((step) => typeof step === 'number');
  const [first, ...rest] = path.slice(row + 1).filter((step) => typeof step === 'string');
  // Between an edge and its row there is one more step.
  return (path[row - 1] === 'edges' && first === 'node' ? rest : [first, ...rest]).join('.');
}

const isOfPartner = (code: unknown): boolean => String(code).startsWith('PARTNER_');

/** The record of one export: which partners responded, and what was withheld. */
export class ExportRecord {
  readonly #statuses = new Map<string, string>();
  readonly #withheld = new Set<string>();
  readonly #codes = new Set<string>();

  /** @param isPartial whether the client accepts an incomplete export */
  constructor(private readonly isPartial: boolean) {}

  /**
   * Records a response.
   * @throws HubError with the code of a refusal, or of missing data unless the client accepts an
   * incomplete export
   */
  record({ data, errors = [], extensions }: GraphResponse): void {
    this.#recordStatuses(extensions?.completeness);
    const refusal = errors.find((error) => this.#isRefusal(error, data));
    if (refusal) throw toHubError(refusal);
    if (!this.isPartial) this.refuseMissing();
    for (const error of errors) {
      const code = error.extensions?.code;
      if (isWithheld(code) && !isOfAll(error)) this.#withheld.add(placeInRow(error));
      else if (this.isPartial) this.#codes.add(String(code));
      else throw toHubError(error);
    }
  }

  /** True if repeating the operation, or requesting less, would not help. */
  #isRefusal(error: GraphResponseError, data: GraphResponse['data']): boolean {
    if (!data) return true;
    if (!isOfAll(error) || isOfPartner(error.extensions?.code)) return false;
    return !this.isPartial || isNothing(data, error.path);
  }

  /** If one partner has several statuses, the first failure counts. */
  #recordStatuses(completeness: unknown): void {
    const partners = isObject(completeness) ? completeness.partners : undefined;
    for (const [partner, response] of Object.entries(isObject(partners) ? partners : {})) {
      const known = this.#statuses.get(partner);
      const status = isObject(response) ? String(response.status) : 'INVALID_RESPONSE';
      if (known === undefined || known === 'ANSWERED') this.#statuses.set(partner, status);
    }
  }

  /** The codes of the partners that did not respond. */
  get missing(): readonly string[] {
    return [...this.#statuses].flatMap(([name, status]) => (status === 'ANSWERED' ? [] : [name]));
  }

  /** @throws HubError with the code of a missing partner, if there is one */
  refuseMissing(): void {
    const [partner] = this.missing;
    if (partner === undefined) return;
    const code = `PARTNER_${this.#statuses.get(partner)}`;
    const names = this.missing.join(', ');
    throw new HubError(isErrorCode(code) ? code : 'PARTNER_UNAVAILABLE', {
      message: `Without ${names} the export would be incomplete. Try again later, or add \`partial=true\` for an incomplete export.`,
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

  /** The columns in which something was withheld, or all positions if there are no columns. */
  withheld(columns?: readonly string[]): readonly string[] {
    const places = [...this.#withheld];
    if (!columns) return places.toSorted();
    const isWithin = (inner: string, outer: string) => `${inner}.`.startsWith(`${outer}.`);
    return columns.filter((column) =>
      places.some((place) => isWithin(column, place) || isWithin(place, column)),
    );
  }
}
