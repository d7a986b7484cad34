import { useSignal } from '@preact/signals';
import { saveText } from '../../parts/files/save-file.ts';
import { say } from '../../parts/record-words.ts';
import { today } from '../../parts/today.ts';
import { formatDate } from '../../words/language.ts';

/** The responses of all, with the id by which the hub keeps each as evidence. */
export interface Proven {
  readonly responses: readonly {
    readonly body: unknown;
    readonly evidence: Evidence | undefined;
  }[];
}

/** The number by which the hub keeps a response, and until when. */
export interface Evidence {
  readonly requestId: string;
  readonly until: string;
}

interface ProveProps {
  /** Whose name the file has: `changes`. */
  readonly part: string;
  /** Asks for all of it once more, with proof. */
  readonly prove: () => Promise<Proven>;
}

/** Saves the responses as they came, and says under which numbers the hub keeps proof of them. */
export function Prove({ prove, part }: ProveProps) {
  const kept = useSignal<readonly Evidence[] | 'busy' | undefined>(undefined);
  const save = async () => {
    kept.value = 'busy';
    const { responses } = await prove();
    const text = JSON.stringify(responses, undefined, 2);
    saveText(`${part}-${today()}.json`, 'application/json', text);
    kept.value = responses.flatMap(({ evidence }) => evidence ?? []);
  };
  const now = kept.value;
  const [first] = Array.isArray(now) ? (now as readonly Evidence[]) : [];
  return (
    <>
      <button type="button" class="quiet" disabled={now === 'busy'} onClick={() => void save()}>
        {say('saveProof')}
      </button>
      <p role="status">
        {Array.isArray(now) &&
          (first
            ? say('proofKept', {
                day: formatDate(first.until.slice(0, 10)),
                ids: (now as readonly Evidence[]).map(({ requestId }) => requestId).join(', '),
              })
            : say('proofNone'))}
      </p>
    </>
  );
}
