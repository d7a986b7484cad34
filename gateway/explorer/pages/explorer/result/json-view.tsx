import { json } from '@codemirror/lang-json';
import { Text } from '@codemirror/state';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Loading } from '../../../parts/loading.tsx';
import { language, t } from '../../../words/language.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { pause } from '../state/pause.ts';

const extensions = [json()];

/** The response as it came, without the trace, which has a view of its own. */
export function printBody(body: unknown): string {
  if (typeof body !== 'object' || body === null || !('extensions' in body))
    return JSON.stringify(body, undefined, 2) ?? '';
  const { trace: _, ...extensions } = body.extensions as Record<string, unknown>;
  return JSON.stringify({ ...body, extensions }, undefined, 2);
}

/** A response as it came, to be read, folded and searched. A long one is prepared in steps. */
export function JsonView({ body }: { body: unknown }) {
  const ready = useSignal<{ readonly of: unknown; readonly lines: Text } | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    const prepare = async () => {
      await pause();
      const text = printBody(body);
      await pause();
      const parts = text.split('\n');
      await pause();
      if (isWanted) ready.value = { of: body, lines: Text.of(parts) };
    };
    void prepare();
    return () => {
      isWanted = false;
    };
  }, [body]);
  const shown = ready.value;
  // Until a response is ready, that of another tab does not stand in its place.
  if (!shown || shown.of !== body) return <Loading isLocal />;
  return (
    <CodeEditor
      key={language.value}
      label={t('explorer.json')}
      name="json"
      value={shown.lines}
      extensions={extensions}
    />
  );
}
