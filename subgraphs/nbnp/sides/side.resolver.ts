import { CountryCodeScalar, UrlScalar } from '@hub/shared/graphql';
import type { PartnerContext } from '@hub/shared/policy';
import { sides, vocabulary } from '@hub/shared/programme';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loadParty } from '../access/load-related.js';
import { Party } from '../entities/party.interface.js';
import { Region } from '../entities/references.js';
import { Side, type SidePart } from '../entities/side.entity.js';
import { askMemberCountries } from '../network/ask-members.js';
import { loadPartiesOf, loadSectorsOf, loadSideFacts } from './load-sides.js';

type Parties = Promise<({ readonly id: string } | null)[] | null>;

@Resolver(() => Side)
export class SideResolver {
  @FieldResolver(() => [Region], {
    description:
      'The regions to which it is limited within their countries; empty if it is whole countries.',
  })
  regions(@Root() { regionCodes }: Side): Region[] {
    return regionCodes.map((code) => ({ code }));
  }

  @FieldResolver(() => [Party], {
    nullable: 'itemsAndList',
    description:
      'Who selects there: offices, police units, local authorities. Null where no source says.',
  })
  selectors(@Root() side: Side, @Ctx() context: PartnerContext): Parties {
    return showParties(side, 'SELECTOR', context);
  }

  @FieldResolver(() => [Party], {
    nullable: 'itemsAndList',
    description:
      'Who hosts there. Empty: the police forces of its countries. If an office is among them, it answers for each country whose police force has no unit among them. Null where no source says.',
  })
  hosts(@Root() side: Side, @Ctx() context: PartnerContext): Parties {
    return showParties(side, 'HOST', context);
  }

  @FieldResolver(() => [Party], {
    nullable: 'itemsAndList',
    description:
      'The NCM offices that co-ordinate it. Empty: the network does. Null where no source says.',
  })
  coordinators(@Root() side: Side, @Ctx() context: PartnerContext): Parties {
    return showParties(side, 'COORDINATOR', context);
  }

  @FieldResolver(() => [vocabulary.Sector], {
    description:
      'What groups that visit it should see: `Programme.sectorsToShow` unless its plan says otherwise.',
  })
  sectorsToShow(
    @Root() side: Side,
    @Ctx() context: PartnerContext,
  ): Promise<readonly vocabulary.Sector[]> {
    return loadSectorsOf(side, context);
  }

  @FieldResolver(() => [CountryCodeScalar], {
    description:
      'Its countries where no party of the network hosts, so that the network’s secretariat confirms.',
  })
  async unansweredIn(@Root() side: Side, @Ctx() context: PartnerContext): Promise<string[]> {
    // In a documented direction the offices and the police forces host.
    if (side.stated) return [];
    const facts = await loadSideFacts(side, context);
    const members = await askMemberCountries(context, side.countries);
    return side.countries.filter((country) => sides.isUnanswered(facts, country, members));
  }

  @FieldResolver(() => UrlScalar, {
    nullable: true,
    description: 'The page that states it. Null if the network planned it here.',
  })
  source(@Root() { stated }: Side): string | null {
    return stated?.source ?? null;
  }
}

async function showParties(side: Side, part: SidePart, context: PartnerContext): Parties {
  const ids = await loadPartiesOf(side, part, context);
  return ids && Promise.all(ids.map((id) => loadParty(id, context)));
}
