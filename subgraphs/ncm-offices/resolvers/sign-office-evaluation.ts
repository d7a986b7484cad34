import { HubError, violateRule } from '@hub/shared/errors';
import { notFound, perform } from '@hub/shared/mutations';
import type { PartnerContext } from '@hub/shared/server';
import type { EntityManager } from 'typeorm';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import type { Programme } from '../entities/references.js';
import { checkOrder, checkWithin } from './group-rules.js';
import type { SignOfficeEvaluationInput } from './programme.input.js';

interface GroupAtEnd {
  readonly cancelledOn: string | null;
  readonly visits: readonly { readonly returnedOn: string | null }[] | null;
  readonly reportsReceived: number | null;
}

interface ProgrammeAtEnd {
  readonly startsOn: string | null;
  /** Null where the groups are not documented: then none is known to be under way. */
  readonly groups: readonly GroupAtEnd[] | null;
}

async function askProgramme({ askHub }: PartnerContext, id: string): Promise<ProgrammeAtEnd> {
  const { programme } = await askHub(
    `query ProgrammeForEvaluation($id: ID!) { programme(id: $id) {
      startsOn groups { cancelledOn visits { returnedOn } reportsReceived }
    } }`,
    { id },
  );
  return (programme as ProgrammeAtEnd | null) ?? notFound('input.programme');
}

/** Neither cancelled nor reported. One report makes a group reported: the others are expected, which is not “must”. */
function isUnderWay({ cancelledOn, visits, reportsReceived }: GroupAtEnd): boolean {
  if (cancelledOn !== null) return false;
  const isBack =
    (visits ?? []).length > 0 && visits?.every(({ returnedOn }) => returnedOn !== null);
  if (!isBack) return true;
  // The owners of the reports did not say; that decides nothing.
  if (reportsReceived === null) throw new HubError('PARTNER_UNAVAILABLE', { partner: 'hub' });
  return reportsReceived === 0;
}

/** The days on which the groups came back: nobody evaluates a journey before its end. */
const returnsOf = (groups: readonly GroupAtEnd[]): string[] =>
  groups
    .filter(({ cancelledOn }) => cancelledOn === null)
    .flatMap(({ visits }) => (visits ?? []).flatMap(({ returnedOn }) => returnedOn ?? []));

/** The day on which the offices have signed; a signature is never taken back. */
async function findSignature(manager: EntityManager, programmeId: string): Promise<string | null> {
  // PostgreSQL refuses a text with NUL in it.
  if (programmeId.includes('\0')) return null;
  return (await manager.findOneBy(ProgrammeSignature, { programmeId }))?.signedOn ?? null;
}

/**
 * Signs a programme's evaluation for the offices. With the date of the signature that is there it changes nothing.
 * @throws HubError `RULE_VIOLATED` with `ALREADY_SIGNED`, `UNDER_WAY`, `OUTSIDE_PROGRAMME` or
 * `DATE_ORDER`; `NOT_FOUND`, `PARTNER_…`
 */
export function signOfficeEvaluation(
  context: PartnerContext,
  input: SignOfficeEvaluationInput,
): Promise<Programme> {
  return perform(context, {
    name: 'signOfficeEvaluation',
    input,
    async ask() {
      const signedOn = await findSignature(context.source.manager, input.programme);
      return signedOn === null ? askProgramme(context, input.programme) : null;
    },
    async write(manager, programme) {
      const { programme: id, on } = input;
      const signedOn = await findSignature(manager, id);
      if (signedOn !== null) {
        if (signedOn !== on) violateRule('ALREADY_SIGNED', 'input.programme');
        return { id };
      }
      const { startsOn, groups } = programme ?? notFound('input.programme');
      if ((groups ?? []).some(isUnderWay)) violateRule('UNDER_WAY', 'input.programme');
      checkWithin(on, { startsOn });
      for (const day of returnsOf(groups ?? [])) checkOrder(on, day);
      await manager.insert(ProgrammeSignature, { programmeId: id, signedOn: on });
      return { id };
    },
  });
}
