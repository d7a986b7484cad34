import type { HubError } from '@hub/shared/errors';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { vocabulary } from '@hub/shared/programme';
import { settleMissing, type WithMissing } from '../access/with-missing.js';
import { Claim } from '../entities/claim.entity.js';
import { membershipSubject } from '../entities/network.entity.js';
import type { ClaimFilter } from './claim.input.js';

/** What sources state of one property of a record. */
export interface ClaimedProperty {
  readonly subject: string;
  readonly property: string;
  readonly claims: readonly vocabulary.ClaimFields[];
}

interface Subject {
  readonly id: string;
  readonly claims: readonly vocabulary.ClaimFields[] | null;
}

/** The network owns the memberships. */
const ownerOfSubject = (subject: string): string =>
  subject.startsWith(membershipSubject('')) ? codes.networkCode : codes.ownerOf(subject);

/** The claims of others’ records. Both lists are short: they have no pages. */
const othersQuery = `query Claims($hasOffices: Boolean!, $hasUnits: Boolean!, $country: CountryCode) {
  offices @include(if: $hasOffices) { id claims { property value source preferred note } }
  policeUnits(filter: { country: $country }) @include(if: $hasUnits) {
    id claims { property value source preferred note }
  }
}`;

/** @param owner the only one to ask; undefined for all */
async function askOthers(
  { askHub }: PartnerContext,
  owner: string | undefined,
): Promise<WithMissing<Subject[]>> {
  const hasOffices = owner === undefined || owner === codes.officesCode;
  const hasUnits = owner === undefined || codes.isPoliceCode(owner);
  if (!hasOffices && !hasUnits) return { value: [], missing: [] };
  const missing: HubError[] = [];
  const onMissing = (error: HubError): void => void missing.push(error);
  const country = owner !== undefined && hasUnits ? owner.toUpperCase() : null;
  const variables = { hasOffices, hasUnits, country };
  const response = await settleMissing([
    askHub(othersQuery, variables, { extent: 'known', onMissing }),
  ]);
  const lists = Object.values(response.value[0] ?? {}) as (readonly Subject[] | null)[];
  return {
    value: lists.flatMap((list) => list ?? []),
    missing: [...missing, ...response.missing],
  };
}

/** The claims of the network’s own records. */
async function readOwn({ source }: PartnerContext): Promise<Subject[]> {
  const order = { subjectId: 'ASC', position: 'ASC' } as const;
  const claims = await source.manager.find(Claim, { order });
  return claims.map(({ subjectId, ...claim }) => ({ id: subjectId, claims: [claim] }));
}

const isBefore = (a: ClaimedProperty, b: ClaimedProperty): boolean =>
  a.subject === b.subject ? a.property < b.property : a.subject < b.subject;

/**
 * The properties of which sources state different values, in all organisations’ records, ordered by
 * subject and property. Without an unavailable owner its records are left out, and an error names it.
 */
export async function findContradictions(
  context: PartnerContext,
  { subject, property, owner }: ClaimFilter,
): Promise<WithMissing<ClaimedProperty[]>> {
  const owners = [owner, subject == null ? null : ownerOfSubject(subject)].flatMap(
    (one) => one ?? [],
  );
  const [only, other] = owners;
  if (other !== undefined && only !== other) return { value: [], missing: [] };
  const own = only === undefined || only === codes.networkCode ? await readOwn(context) : [];
  const others = await askOthers(context, only);
  const found = new Map<string, ClaimedProperty>();
  for (const { id, claims } of [...own, ...others.value]) {
    if (subject != null && id !== subject) continue;
    for (const claim of claims ?? []) {
      if (property != null && claim.property !== property) continue;
      const key = `${id} ${claim.property}`;
      const known = found.get(key)?.claims ?? [];
      found.set(key, { subject: id, property: claim.property, claims: [...known, claim] });
    }
  }
  const contradictions = [...found.values()].filter(
    ({ claims }) => new Set(claims.map(({ value }) => value)).size > 1,
  );
  return {
    value: contradictions.sort((a, b) => (isBefore(a, b) ? -1 : 1)),
    missing: others.missing,
  };
}
