import { acceptCompletion, autocompletion, closeBrackets } from '@codemirror/autocomplete';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { forceLinting, linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { Prec } from '@codemirror/state';
import { keymap, placeholder, type EditorView } from '@codemirror/view';
import { effect } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { language, t } from '../../../words/language.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { readVariables } from '../state/operations.ts';
import { runOpenTab } from '../state/run.ts';
import { changeTab, openTab } from '../state/tabs.ts';
import { checkVariables } from './check-variables.ts';
import { completeVariables } from './complete-variables.ts';
import { findPlace } from './json-places.ts';
import { openExpected } from './open-expected.ts';

const checkForm = jsonParseLinter();
/** A text of this length parses in far less. */
const parseMs = 200;

/** Marks what is no JSON, else what does not fit the operation. */
function check(view: EditorView): readonly Diagnostic[] {
  const { state } = view;
  const text = state.doc.toString();
  const wrongForm = text.trim() === '' ? [] : checkForm(view);
  const expected = openExpected.peek();
  if (wrongForm.length > 0 || !expected) return wrongForm;
  const tree = ensureSyntaxTree(state, state.doc.length, parseMs);
  let values: object | undefined;
  try {
    values = readVariables(text);
  } catch {
    return [{ from: 0, to: text.length, severity: 'error', message: t('explorer.wrongVariables') }];
  }
  if (!tree) return [];
  return checkVariables(expected, { ...values }).map(({ path, message, isError }) => ({
    ...findPlace(tree.topNode, path, state.doc),
    severity: isError ? 'error' : 'warning',
    message,
  }));
}

const extensions = [
  Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (void runOpenTab(), true) }])),
  keymap.of([{ key: 'Tab', run: acceptCompletion }]),
  json(),
  autocompletion({
    icons: false,
    override: [(context) => completeVariables(context, openExpected.peek() ?? [])],
  }),
  closeBrackets(),
  lintGutter(),
  linter(check),
  placeholder('{ }'),
];

/** Checks again when the operation or the schema changes. */
const followOperation = (view: EditorView) =>
  effect(() => {
    void openExpected.value;
    queueMicrotask(() => view.dom.isConnected && forceLinting(view));
  });

/** What the operation declares, so that a newcomer need not look for it. */
function Declared() {
  const expected = openExpected.value;
  if (!expected) return null;
  return (
    <p class="declared">
      {expected.length === 0
        ? t('explorer.noVariables')
        : expected.map(({ name, type }) => (
            <code key={name}>
              ${name}: {String(type)}{' '}
            </code>
          ))}
    </p>
  );
}

/** The variables of the tab, as JSON. */
export function VariablesEditor() {
  const { variables, id } = openTab.value;
  const open = useCallback(followOperation, []);
  return (
    <>
      <Declared />
      <CodeEditor
        key={`${id} ${language.value}`}
        label={t('explorer.variables')}
        name="variables"
        value={variables}
        extensions={extensions}
        open={open}
        change={(text) => changeTab({ variables: text })}
      />
    </>
  );
}
