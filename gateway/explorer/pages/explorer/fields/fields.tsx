import { signal, useSignal } from '@preact/signals';
import {
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../../words/language.ts';
import { showInDocs } from '../docs/docs-place.ts';
import { changeTab, openTab } from '../state/tabs.ts';
import { addField, removeField } from './edit-operation.ts';
import { pathId, readTicked, stepInto, typeAfter, type FieldPath } from './read-operation.ts';

type Kind = 'query' | 'mutation';

/** One line of the tree. */
interface Row {
  readonly id: string;
  readonly path: FieldPath;
  readonly isTicked: boolean;
  /** Undefined where nothing is inside. */
  readonly isOpen: boolean | undefined;
  readonly position: number;
  readonly of: number;
  /** The type of the field, as the schema writes it. */
  readonly type: string;
  /** The type that has it. */
  readonly parent: string;
}

/** What the reader opened or closed. All else is open where something in it is ticked. */
const opened = signal<Readonly<Record<string, boolean>>>({});

interface Step {
  readonly step: string;
  readonly type: string;
}

/** The fields of a type, and the types that it can be. */
function stepsOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly Step[] {
  const fields =
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields())
          .filter(({ deprecationReason }) => deprecationReason === undefined)
          .map((field) => ({ step: field.name, type: String(field.type) }))
      : [];
  const kinds = isAbstractType(type)
    ? schema.getPossibleTypes(type).map(({ name }) => ({ step: stepInto(name), type: '' }))
    : [];
  return [...fields, ...kinds];
}

/** The lines that are open, from the top. Only those are drawn. */
function listRows(
  schema: GraphQLSchema,
  root: GraphQLNamedType,
  ticked: ReadonlySet<string>,
  wanted: string,
): readonly Row[] {
  const add = (parent: GraphQLNamedType, path: FieldPath): readonly Row[] => {
    const steps = stepsOf(schema, parent).filter(
      ({ step }) => path.length > 0 || step.toLowerCase().includes(wanted),
    );
    return steps.flatMap(({ step, type }, index) => {
      const own = [...path, step];
      const id = pathId(own);
      const inner = typeAfter(schema, parent, step);
      const isTicked = ticked.has(id);
      const isOpen = isCompositeType(inner) ? (opened.value[id] ?? isTicked) : undefined;
      const row: Row = {
        id,
        path: own,
        isTicked,
        isOpen,
        position: index + 1,
        of: steps.length,
        type,
        parent: parent.name,
      };
      return inner && isOpen ? [row, ...add(inner, own)] : [row];
    });
  };
  return add(root, []);
}

interface TreeProps {
  readonly rows: readonly Row[];
  /** Nothing can be ticked while the operation has an error. */
  readonly isOff: boolean;
  readonly tick: (row: Row) => void;
}

/** The tree: arrows move, open and close, the space bar ticks, F2 shows the docs. */
function Tree({ rows, isOff, tick }: TreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const active = useSignal('');
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === active.value),
  );
  const go = (row: Row | undefined) => {
    if (!row) return;
    active.value = row.id;
    (tree.current?.children[rows.indexOf(row)] as HTMLElement | undefined)?.focus();
  };
  const open = ({ id }: Row, isOpen: boolean) => (opened.value = { ...opened.value, [id]: isOpen });
  const showDocs = (row: Row) => {
    // The docs take the place of the tree.
    tree.current?.closest('aside')?.focus();
    showInDocs({ type: row.parent, field: row.path.at(-1) });
  };
  const act = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const parentId = pathId(row.path.slice(0, -1));
    const actions: Readonly<Record<string, () => unknown>> = {
      ArrowDown: () => go(rows[at + 1]),
      ArrowUp: () => go(rows[at - 1]),
      Home: () => go(rows[0]),
      End: () => go(rows.at(-1)),
      ArrowRight: () => (row.isOpen === false ? open(row, true) : row.isOpen && go(rows[at + 1])),
      ArrowLeft: () => (row.isOpen ? open(row, false) : go(rows.find(({ id }) => id === parentId))),
      ' ': () => tick(row),
      Enter: () => tick(row),
      F2: () => row.type !== '' && showDocs(row),
    };
    const run = actions[event.key];
    if (!run) return;
    event.preventDefault();
    // Arrows move in other lists of the pages too.
    event.stopPropagation();
    run();
  };
  return (
    <div
      ref={tree}
      class="fields"
      role="tree"
      aria-multiselectable="true"
      aria-disabled={isOff}
      aria-label={t('explorer.fields')}
      onKeyDown={act}
    >
      {rows.map((row, index) => (
        <div
          key={row.id}
          role="treeitem"
          aria-level={row.path.length}
          aria-posinset={row.position}
          aria-setsize={row.of}
          aria-checked={row.isTicked}
          aria-expanded={row.isOpen}
          tabIndex={index === at ? 0 : -1}
          style={{ paddingInlineStart: `${row.path.length - 1}rem` }}
          onFocus={() => (active.value = row.id)}
          onClick={() => tick(row)}
        >
          <span
            class="twist"
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              if (row.isOpen !== undefined) open(row, !row.isOpen);
            }}
          >
            {row.isOpen === undefined ? '' : row.isOpen ? '▾' : '▸'}
          </span>
          <span class="box" aria-hidden="true">
            {row.isTicked ? '☑' : '☐'}
          </span>
          <code>{row.path.at(-1)}</code> <span class="soft">{row.type}</span>
        </div>
      ))}
    </div>
  );
}

/** The fields of the schema: what is ticked is in the operation, and the other way round. */
export function Fields({ schema }: { schema: GraphQLSchema }) {
  const { query, operationName } = openTab.value;
  const chosen = useSignal<Kind>('query');
  const wanted = useSignal('');
  const now = useMemo(
    () => readTicked({ query, operationName, variables: '' }),
    [query, operationName],
  );
  // While something is typed, what was ticked before stays in view.
  const last = useRef(now);
  useEffect(() => {
    if (now) last.current = now;
  }, [now]);
  const shown = now ?? last.current;
  const kind = shown?.kind ?? chosen.value;
  const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  if (!root) return null;
  const rows = listRows(schema, root, shown?.ids ?? new Set(), wanted.value.trim().toLowerCase());
  const tick = ({ isTicked, path }: Row) => {
    const written = openTab.peek();
    const { query: text, variables } = isTicked
      ? removeField(schema, written, path)
      : addField(schema, written, path, { kind });
    changeTab({ query: text, variables });
  };
  const kinds = [
    ['query', 'explorer.startQuery'],
    ['mutation', 'explorer.startMutation'],
  ] as const;
  return (
    <>
      <p role="status">{t(now ? 'explorer.fieldsNote' : 'explorer.fieldsError')}</p>
      {shown?.kind === undefined && (
        <div class="row" role="group" aria-label={t('explorer.newOperation')}>
          {kinds.map(([name, label]) => (
            <button
              key={name}
              type="button"
              class="quiet toggle"
              aria-pressed={kind === name}
              onClick={() => (chosen.value = name)}
            >
              {t(label)}
            </button>
          ))}
        </div>
      )}
      <label>
        {t('explorer.searchFields')}
        <input
          type="search"
          value={wanted.value}
          onInput={({ currentTarget }) => (wanted.value = currentTarget.value)}
        />
      </label>
      {rows.length > 0 ? (
        <Tree rows={rows} isOff={!now} tick={tick} />
      ) : (
        <p role="status">{t('response.nothing')}</p>
      )}
    </>
  );
}
