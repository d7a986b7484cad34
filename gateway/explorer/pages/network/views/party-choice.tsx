import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import { fold } from '../../../../../shared/database/search/fold.ts';
import { t } from '../../../words/language.ts';
import type { Actor, Network } from '../model/network.ts';
import { nameOf } from './names.ts';

/** As many as a reader looks through. With thousands in the list, a browser would stop. */
const mostOffered = 30;

/** Parties of the same name are numbered. */
function labelAll(actors: readonly Actor[]): ReadonlyMap<string, Actor> {
  const labels = new Map<string, Actor>();
  const counts = new Map<string, number>();
  for (const actor of actors) {
    const name = nameOf(actor);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    labels.set(count > 1 ? `${name} (${count})` : name, actor);
  }
  return labels;
}

interface ChoiceProps {
  readonly label: string;
  readonly network: Network;
  /** The party that is chosen at first. @default none */
  readonly chosen?: string;
  readonly choose: (id: string | undefined) => void;
}

/** A field in which the reader types a part of a name, and chooses a party. */
export function PartyChoice({ label, network, chosen, choose }: ChoiceProps) {
  const id = useId();
  const labels = useMemo(() => labelAll(network.actors), [network]);
  const nameOfChosen = [...labels].find(([, actor]) => actor.id === chosen)?.[0];
  const text = useSignal(nameOfChosen ?? '');
  const part = fold(text.value);
  const offered: string[] = [];
  for (const [name, actor] of labels) {
    if (offered.length === mostOffered) break;
    if (actor.folded.includes(part) || fold(name).includes(part)) offered.push(name);
  }
  const isWrong = text.value !== '' && !labels.has(text.value) && offered.length === 0;
  return (
    <label>
      {label}
      <input
        list={id}
        maxLength={300}
        autocomplete="off"
        value={text.value}
        aria-invalid={isWrong}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
          choose(labels.get(currentTarget.value)?.id);
        }}
      />
      <datalist id={id}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {isWrong && <span class="wrong">{t('network.noSuchParty')}</span>}
    </label>
  );
}
