import { Rehearsal } from '../../../parts/rehearsal.tsx';
import type { Actor } from '../model/network.ts';
import type { Choose } from './chosen.ts';
import { nameOf } from './names.ts';

/** A party by its name, which opens its facts. */
export const PartyLink = ({ actor, choose }: { actor: Actor; choose: Choose }) => (
  <>
    <button type="button" class="link" onClick={() => choose({ type: 'party', id: actor.id })}>
      {nameOf(actor)}
    </button>
    <Rehearsal of={actor} />
  </>
);
