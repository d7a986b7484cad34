import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { copyGroup } from './copy-group.js';
import { copyProgramme } from './copy-programme.js';
import { copyVisit } from './copy-visit.js';
import { CopyGroupInput, CopyProgrammeInput, CopyVisitInput } from './copy.input.js';

@Resolver()
export class CopyResolver {
  @Mutation(() => Programme, {
    nullable: true,
    description:
      'Copies the plan of a programme: its sizes, lists, aims, roles, sides and journeys. The party that stays is in the place of a merged one, and an office that is closed by then co-ordinates no side. Sources, statements, events, groups and the evaluation are not copied. Rules: REHEARSAL.',
  })
  @Access('coordinator')
  copyProgramme(
    @Arg('input', () => CopyProgrammeInput, { description: words.Input.input })
    input: CopyProgrammeInput,
    @Ctx() context: PartnerContext,
  ): Promise<Programme> {
    return copyProgramme(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Copies a group and its visits to other days, each visit as by `copyVisit`, all or none. Nobody travels with the copy yet. Cancelled visits are left out. Rules: EVALUATED, PLANNED_SIZE, HOST_COUNTRY, CLOSED, REHEARSAL, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, SITE_ELSEWHERE.',
  })
  @Access('coordinator')
  copyGroup(
    @Arg('input', () => CopyGroupInput, { description: words.Input.input }) input: CopyGroupInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return copyGroup(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description:
      'Copies a visit to other days, as a visit of the given group: its hosts, who are asked anew, its practical information, and its stops without the contacts on the spot. Check the texts for names. Stops that were called off are left out, and nothing is confirmed. A stop whose site is closed by then goes on in its city. Rules: CANCELLED, RETURNED, EVALUATED, HOST_COUNTRY, OUTSIDE_PROGRAMME, OVERLAPPING_VISITS, OVERLAPPING_GROUPS, SITE_ELSEWHERE, REHEARSAL.',
  })
  @Access('coordinator')
  copyVisit(
    @Arg('input', () => CopyVisitInput, { description: words.Input.input }) input: CopyVisitInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return copyVisit(context, input);
  }
}
