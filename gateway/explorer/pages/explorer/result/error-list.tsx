import type { GraphError } from '../../../client/send-operation.ts';
import { describeError } from '../../../parts/completeness.tsx';
import { t } from '../../../words/language.ts';

const most = 10;

interface ErrorGroup {
  readonly error: GraphError;
  readonly paths: readonly string[];
}

/** Errors with the same words stand once, with their places. */
function groupErrors(errors: readonly GraphError[]): readonly ErrorGroup[] {
  const groups = new Map<string, { error: GraphError; paths: string[] }>();
  for (const error of errors) {
    const { code, partner, rule } = error.extensions ?? {};
    const key = [code, partner, rule, error.message].join('\n');
    const group = groups.get(key) ?? { error, paths: [] };
    groups.set(key, group);
    if (error.path) group.paths.push(error.path.join('.'));
  }
  return [...groups.values()];
}

/** All errors of a response, in words, with their codes and places. */
export function ErrorList({ errors }: { errors: readonly GraphError[] }) {
  if (errors.length === 0) return null;
  return (
    <div class="note">
      <h3>{t('explorer.errors', { n: errors.length })}</h3>
      <ul>
        {groupErrors(errors).map(({ error, paths }) => {
          const { code, rule } = error.extensions ?? {};
          return (
            <li key={`${code} ${error.message} ${paths[0]}`}>
              {code && <strong>{code}</strong>} {rule && <code>{rule}</code>} {describeError(error)}
              {paths.length > 0 && (
                <>
                  {' '}
                  {t('explorer.at')}{' '}
                  {paths.slice(0, most).map((path) => (
                    <code key={path}>{path} </code>
                  ))}
                  {paths.length > most && t('explorer.andMore', { n: paths.length - most })}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
