import type { ReadonlySignal } from '@preact/signals';
import { saveFile, saveText } from '../../../parts/save-file.ts';
import { t, type WordKey } from '../../../words/language.ts';
import { readPalette } from '../drawing/palette.ts';
import type { Layout } from '../drawing/use-layout.ts';
import type { Side } from '../model/compare.ts';
import type { Selection } from '../model/filter.ts';
import { drawPng } from './draw-png.ts';
import { composeScene } from './scene.ts';
import { writeContacts, writeParties } from './write-csv.ts';
import { writeGraphml } from './write-graphml.ts';
import { writeSvg } from './write-svg.ts';

interface ButtonsProps {
  readonly selection: Selection;
  readonly sides: ReadonlyMap<string, Side> | undefined;
  readonly layout: ReadonlySignal<Layout | undefined>;
}

/** What is selected, as files. They hold what the page shows, and no more. */
export function FileButtons({ selection, sides, layout }: ButtonsProps) {
  const scene = () => {
    const places = layout.peek();
    return places && composeScene(selection, sides, places, readPalette());
  };
  const savePng = async () => {
    const drawn = scene();
    const png = drawn && (await drawPng(drawn));
    if (png) saveFile('network.png', png);
  };
  const saveSvg = () => {
    const drawn = scene();
    if (drawn) saveText('network.svg', 'image/svg+xml', writeSvg(drawn));
  };
  const files: readonly (readonly [WordKey, () => void])[] = [
    ['network.csvContacts', () => saveText('contacts.csv', 'text/csv', writeContacts(selection))],
    ['network.csvParties', () => saveText('parties.csv', 'text/csv', writeParties(selection))],
    [
      'network.graphml',
      () => saveText('network.graphml', 'application/xml', writeGraphml(selection)),
    ],
    ['network.svg', saveSvg],
    ['network.png', () => void savePng()],
  ];
  return (
    <div class="files">
      {files.map(([label, save]) => (
        <button
          key={label}
          type="button"
          class="quiet"
          disabled={selection.contacts.length === 0}
          onClick={save}
        >
          {t(label)}
        </button>
      ))}
    </div>
  );
}
