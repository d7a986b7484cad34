import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { editorTheme } from './editor-theme.ts';

interface CodeEditorProps {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly name: string;
  readonly value: string;
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
  search({ top: true }),
  EditorState.tabSize.of(2),
  editorTheme,
];

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
          isRead ? EditorState.readOnly.of(true) : writing,
          keymap.of([
            ...defaultKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...searchKeymap,
            ...(isRead ? [] : [indentWithTab]),
          ]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = opened;
    const end = open?.(opened);
    return () => {
      end?.();
      opened.destroy();
    };
  }, [extensions, label, isRead, open]);
  // Before the next key, or a text that is older than the editor’s would replace it.
  useLayoutEffect(() => {
    const { current } = view;
    const text = current?.state.doc.toString();
    if (!current || text === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);
  return <div class={`editor ${name}`} ref={host} />;
}
