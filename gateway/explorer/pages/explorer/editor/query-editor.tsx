import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type Command, type EditorView } from '@codemirror/view';
import { graphql, showInDocsCommand, updateSchema } from 'cm6-graphql';
import { useCallback } from 'preact/hooks';
import { language, t } from '../../../words/language.ts';
import { showCoordinate } from '../docs/docs-place.ts';
import { listOperations } from '../state/operations.ts';
import { wantedPlace } from '../state/places.ts';
import { runOpenTab } from '../state/run.ts';
import { schema } from '../state/schema.ts';
import { changeTab, openTab } from '../state/tabs.ts';
import { CodeEditor } from './code-editor.tsx';

/** Runs the operation in which the cursor stands, else the chosen one. */
const runAtCursor: Command = ({ state }) => {
  const { head } = state.selection.main;
  const operations = listOperations(state.doc.toString());
  const here = operations.find(({ from, to }) => from <= head && head <= to);
  if (here && operations.length > 1) changeTab({ operationName: here.name });
  void runOpenTab();
  return true;
};

const extensions: readonly Extension[] = [
  Prec.highest(keymap.of([{ key: 'Mod-Enter', run: runAtCursor }])),
  keymap.of([
    { key: 'Tab', run: acceptCompletion },
    { key: 'F2', run: showInDocsCommand },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
  autocompletion({ icons: false }),
  closeBrackets(),
  lintGutter(),
  graphql(undefined, {
    onShowInDocs: (field, type, parent) => showCoordinate(field, type, parent),
  }),
];

/** The operation of the tab, with completion and checks where the schema is known. */
export function QueryEditor() {
  const { query, id } = openTab.value;
  const open = useCallback((view: EditorView) => {
    const stops = [
      schema.subscribe((known) => known && updateSchema(view, known)),
      wantedPlace.subscribe((place) => {
        if (!place) return;
        wantedPlace.value = undefined;
        const anchor = Math.min(place.at, view.state.doc.length);
        view.dispatch({ selection: { anchor }, scrollIntoView: true });
        view.focus();
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <CodeEditor
      key={`${id} ${language.value}`}
      label={t('explorer.operation')}
      name="query"
      value={query}
      extensions={extensions}
      open={open}
      change={(text) => changeTab({ query: text })}
    />
  );
}
