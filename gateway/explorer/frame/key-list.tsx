import { Dialog } from '../parts/dialog.tsx';
import { t, type WordKey } from '../words/language.ts';

interface ListProps {
  /** What follows `g`, and where it leads. */
  readonly places: Readonly<Record<string, readonly [href: string, label: WordKey]>>;
  readonly close: () => void;
}

/** The keys that work on every page. */
export function KeyList({ places, close }: ListProps) {
  const rows: readonly (readonly [keys: readonly string[], text: string])[] = [
    [['/'], t('frame.keySearch')],
    [['?'], t('frame.keyList')],
    [['↓', '↑'], t('frame.keyArrows')],
    ...Object.entries(places).map(([key, [, label]]) => [['g', key], t(label)] as const),
  ];
  return (
    <Dialog title={t('frame.keys')} close={close}>
      <dl class="keys">
        {rows.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.map((key, index) => (
                <>
                  {index > 0 && (key === '↑' ? ' ' : ` ${t('frame.keyGo')} `)}
                  <kbd>{key}</kbd>
                </>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
