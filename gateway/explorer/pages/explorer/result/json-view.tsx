import { json } from '@codemirror/lang-json';
import { useMemo } from 'preact/hooks';
import { language, t } from '../../../words/language.ts';
import { CodeEditor } from '../editor/code-editor.tsx';

const extensions = [json()];

/** A response as it came, to be read, folded and searched. */
export function JsonView({ text }: { text: string }) {
  const value = useMemo(() => text, [text]);
  return (
    <CodeEditor
      key={language.value}
      label={t('explorer.json')}
      name="json"
      value={value}
      extensions={extensions}
    />
  );
}
