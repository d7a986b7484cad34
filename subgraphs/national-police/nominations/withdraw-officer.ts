import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, findForChange, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import type { WithdrawOfficerInput } from './officer-nomination.input.js';

/** The network’s decision on a nomination. */
interface Decision {
  readonly id: string;
  readonly acceptedOn: string | null;
  readonly declinedOn: string | null;
}

interface WithdrawalFacts extends Readonly<Record<string, unknown>> {
  readonly officer: { readonly nominations: readonly Decision[] | null } | null;
  readonly group: PlannedGroup | null;
}

interface PlannedGroup {
  readonly cancelledOn: string | null;
  readonly visits: readonly { readonly departedOn: string | null }[] | null;
  readonly programme: dates.Span;
}

const factsQuery = `query WithdrawalFacts($officer: ID!, $group: ID!) {
  officer(id: $officer) { nominations { id acceptedOn declinedOn } }
  group(id: $group) { cancelledOn visits { departedOn } programme { startsOn endsOn } }
}`;

async function askDecision(
  { askHub, source }: PartnerContext,
  nominationId: string,
): Promise<{ readonly isAccepted: boolean; readonly group: PlannedGroup }> {
  const { officerId, groupId } = await findForChange(
    source.manager,
    OfficerNomination,
    nominationId,
    'input.nomination',
  );
  const response = await askHub(factsQuery, { officer: officerId, group: groupId });
  const { officer, group } = response as WithdrawalFacts;
  const decision = officer?.nominations?.find(({ id }) => id === nominationId);
  if (!decision) return notFound('input.nomination');
  const isAccepted = decision.acceptedOn !== null && decision.declinedOn === null;
  return { isAccepted, group: group ?? notFound('input.nomination') };
}

/**
 * Withdraws a nomination that the network has not accepted, until the group departs or is
 * cancelled.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` WITHDRAWN, ACCEPTED,
 * CANCELLED, DEPARTED, DATE_ORDER, OUTSIDE_PROGRAMME
 */
export const withdrawOfficer = (
  context: PartnerContext,
  input: WithdrawOfficerInput,
): Promise<OfficerNomination> =>
  perform(context, {
    name: 'withdrawOfficer',
    input,
    ask: () => askDecision(context, input.nomination),
    async write(manager, { isAccepted, group }) {
      const { nomination: id, on, version } = input;
      const row = await findForChange(manager, OfficerNomination, id, 'input.nomination');
      checkVersion(row, version);
      if (row.withdrawnOn !== null) violateRule('WITHDRAWN', 'input.nomination');
      if (isAccepted) violateRule('ACCEPTED', 'input.nomination');
      if (group.cancelledOn !== null) violateRule('CANCELLED', 'input.nomination');
      if (group.visits?.some(({ departedOn }) => departedOn !== null)) {
        violateRule('DEPARTED', 'input.nomination');
      }
      if (on < row.nominatedOn) violateRule('DATE_ORDER', 'input.on');
      if (!dates.isWithin(on, group.programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
      const withdrawn = { withdrawnOn: on, version: version + 1 };
      await manager.update(OfficerNomination, { id }, withdrawn);
      return manager.merge(OfficerNomination, row, withdrawn);
    },
  });
