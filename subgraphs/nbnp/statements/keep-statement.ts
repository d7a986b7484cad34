import { textSearch } from '@hub/shared/database';
import { refuseInput } from '@hub/shared/errors';
import { pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import {
  deriveStatementColumns,
  Statement,
  StatementCountry,
} from '../entities/statement.entity.js';
import { StatementKind } from '../entities/vocabulary.js';
import { findSubject } from './find-subject.js';
import type {
  ChangeStatementInput,
  RecordStatementInput,
  RemoveStatementInput,
} from './statement.input.js';

const given = ['kind', 'text', 'traffickingRoles', 'primaryRole', 'place'] as const;

const keeper = new network.RecordKeeper<Statement>({
  entity: Statement,
  argument: 'statement',
  // A page states the same of a subject once.
  same: {
    properties: ['text', 'source', 'programmeId', 'eventId', 'organisationId'],
    foundBy: 'source',
    keyOf: ({ text, source, programmeId, eventId, organisationId }) =>
      [
        textSearch.toSameText(text as string),
        source,
        programmeId ?? eventId ?? organisationId,
      ].join('\n'),
  },
  stated: given,
  lists: { countries: { entity: StatementCountry, owner: 'statementId', value: 'country' } },
  claims: { entity: Claim, owner: 'subjectId' },
  references: [],
  derive: deriveStatementColumns,
});

const isAim = ({ kind, programmeId }: Statement): boolean =>
  kind === StatementKind.AIM && programmeId !== null;

/** @throws HubError `BAD_USER_INPUT` */
function check(
  _manager: EntityManager,
  next: Statement,
  _facts: unknown,
  before?: Statement,
): void {
  if (before) checkNoAim(before);
  if (isAim(next)) refuseInput('input.kind', 'Aims of a programme are written with the programme.');
  if (next.primaryRole !== null && !next.traffickingRoles.includes(next.primaryRole))
    refuseInput('input.primaryRole', '`primaryRole` must be one of `traffickingRoles`.');
}

/** What the plan of a programme writes is its own. @throws HubError `BAD_USER_INPUT` */
function checkNoAim(statement: Statement): void {
  if (isAim(statement))
    refuseInput('input.statement', 'Aims of a programme are changed with the programme.');
}

const subjects = ['programmeId', 'eventId', 'organisationId'] as const;

/** @throws HubError as {@link network.RecordKeeper.register}; `NOT_FOUND` and MERGED for its subject */
export function recordStatement(
  context: PartnerContext,
  input: RecordStatementInput,
): Promise<Statement> {
  const { about, kind, text, traffickingRoles, primaryRole, place, countries } = input;
  return keeper.register(
    context,
    { name: 'recordStatement', input, lists: { countries: countries ?? [] }, check },
    {
      kind,
      text,
      traffickingRoles: traffickingRoles ?? [],
      primaryRole: primaryRole ?? null,
      place: place ?? null,
    },
    async (manager) => ({
      programmeId: null,
      eventId: null,
      organisationId: null,
      ...(about == null ? {} : await findSubject(manager, about, subjects)),
    }),
  );
}

/** @throws HubError as {@link network.RecordKeeper.change} */
export const changeStatement = (
  context: PartnerContext,
  input: ChangeStatementInput,
): Promise<Statement> =>
  keeper.change(
    context,
    {
      name: 'changeStatement',
      input,
      lists: { countries: input.countries ?? undefined },
      check,
    },
    pickGiven(input, given) as Partial<Statement>,
  );

/** @throws HubError as {@link network.RecordKeeper.remove} */
export const removeStatement = (
  context: PartnerContext,
  input: RemoveStatementInput,
): Promise<boolean> =>
  keeper.remove(context, 'removeStatement', input, (_manager, row) => checkNoAim(row));
