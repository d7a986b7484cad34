import { violateRule } from '@hub/shared/errors';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import type { Visit } from '../entities/visit.entity.js';
import { askMemberCountries } from '../network/ask-members.js';
import { answerHosts, writeHosts } from '../sides/answer-hosts.js';
import { findCountedStops } from './confirmed-stops.js';
import { checkHosts } from './schedule-visit.js';
import {
  checkNotReturned,
  findVisitForChange,
  writeVisit,
  type VisitForChange,
} from './visit-for-change.js';
import type { ChangeVisitInput } from './visit.input.js';

/**
 * Writes the hosts of a visit anew, in the order of the request. Who answers for a country is decided
 * again, also for its stops.
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY, also if a stop would lose its host
 */
async function changeHosts(
  manager: EntityManager,
  { visit, sides }: VisitForChange,
  hostCountries: readonly string[],
  members: ReadonlySet<string>,
): Promise<void> {
  checkHosts(hostCountries, sides, members);
  const stops = await findCountedStops(manager, visit.id);
  if (!stops.every(({ hostCountry }) => hostCountries.includes(hostCountry)))
    violateRule('HOST_COUNTRY', 'input.hostCountries', 'STOP_REMAINS');
  await writeHosts(manager, visit, answerHosts(visit.id, hostCountries, sides, members));
}

/**
 * Changes a visit until its return, but not its days.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED,
 * RETURNED, HOST_COUNTRY
 */
export async function changeVisit(
  context: PartnerContext,
  input: ChangeVisitInput,
): Promise<Visit> {
  const { title, hostCountries, practicalInformation: information } = input;
  return perform<Visit, ReadonlySet<string>>(context, {
    name: 'changeVisit',
    input,
    ask: () => askMemberCountries(context, hostCountries ?? []),
    async write(manager, members) {
      const change = await findVisitForChange(manager, input.visit, 'input.visit');
      checkVersion(change.visit, input.version);
      checkNotReturned(change, 'input.visit');
      if (hostCountries) await changeHosts(manager, change, hostCountries, members);
      const { practicalInformation, informationVersion } = change.visit;
      return writeVisit(manager, change.visit, {
        ...(title != null && { title }),
        ...(information !== undefined &&
          information !== practicalInformation && {
            practicalInformation: information,
            informationVersion: informationVersion + 1,
          }),
      });
    },
  });
}
