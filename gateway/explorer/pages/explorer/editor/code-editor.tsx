import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useLayoutEffect, useRef } from 'preact/hooks';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definitionKeyword, tags.modifier], color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.integer, tags.float, tags.bool, tags.null], color: 'var(--focus)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.variableName, tags.attributeName], color: 'var(--bad)' },
  { tag: [tags.atom, tags.special(tags.name)], color: 'var(--warn-ink)' },
  { tag: tags.propertyName, color: 'var(--ink)' },
]);

const forms = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--ink)',
    backgroundColor: 'var(--paper)',
    fontSize: '0.875rem',
  },
  // Its host shows the focus, around the line numbers too.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-gutters': {
    backgroundColor: 'var(--raised)',
    color: 'var(--soft)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--raised)',
    borderColor: 'var(--line)',
    color: 'var(--ink)',
  },
  '.cm-content ::selection': { backgroundColor: 'var(--accent)', color: 'var(--accent-ink)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--raised)',
    outline: '1px solid var(--soft)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--bad)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)',
    color: 'var(--accent-ink)',
  },
  '.cm-completionDetail': { color: 'inherit', opacity: '1' },
  '.cm-completionInfo': { maxWidth: '24rem', whiteSpace: 'pre-line', fontFamily: 'system-ui' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--paper)',
    color: 'var(--ink)',
    borderColor: 'var(--line)',
  },
  '.cm-textfield': { backgroundColor: 'var(--paper)', borderColor: 'var(--line)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-paper)', color: 'var(--warn-ink)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--focus)' },
  '.cm-placeholder': { color: 'var(--soft)' },
});

/** Colours and forms of all editors, from the variables of the pages. */
const editorTheme: Extension = [forms, syntaxHighlighting(colours)];

interface CodeEditorProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly name: string;
  /** A text, or its lines where it is long. */
  readonly value: string | Text;
  readonly extensions: readonly Extension[];
  /** Called with each new text. @default the text is only read */
  readonly change?: (value: string) => void;
  /** Called with the editor once it is there. Returns what ends with it. */
  readonly open?: (view: EditorView) => () => void;
}

const common: Extension = [
  lineNumbers(),
  foldGutter(),
  bracketMatching(),
  EditorState.tabSize.of(2),
  editorTheme,
];

const searching = new Compartment();

/** Until the search of the editor is here, the keys are those of the browser. */
async function loadSearch(view: EditorView): Promise<void> {
  const { search, searchKeymap } = await import('@codemirror/search');
  const extensions = [search({ top: true }), keymap.of(searchKeymap)];
  view.dispatch({ effects: searching.reconfigure(extensions) });
}

const writing: Extension = [history(), indentOnInput(), EditorView.lineWrapping];

/**
 * A text editor. It lives in a shadow root: there it brings its styles as a style sheet object,
 * which the policy of the pages allows, and not as a `style` element. After Escape, the next Tab
 * leaves it.
 */
export function CodeEditor({ label, name, value, extensions, change, open }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(change);
  latest.current = change;
  const given = useRef(value);
  const isRead = change === undefined;
  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const opened = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          ...extensions,
          common,
          searching.of([]),
          isRead ? EditorState.readOnly.of(true) : writing,
          keymap.of([
            ...defaultKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...(isRead ? [] : [indentWithTab]),
          ]),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = opened;
    host.current.addEventListener('focusin', () => void loadSearch(opened).catch(() => {}), {
      once: true,
    });
    const end = open?.(opened);
    return () => {
      end?.();
      opened.destroy();
    };
  }, [extensions, label, isRead, open]);
  // Before the next key, or a text that is older than the editor’s would replace it.
  useLayoutEffect(() => {
    const { current } = view;
    // What is only read stays as it was given. To compare long texts takes time.
    const text = isRead ? given.current : current?.state.doc.toString();
    given.current = value;
    if (!current || text === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);
  return <div class={`editor ${name}`} ref={host} />;
}
