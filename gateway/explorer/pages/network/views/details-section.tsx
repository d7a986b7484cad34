import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../../words/language.ts';

interface SectionProps {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

/** The section with the facts of one thing. The focus moves to its heading when it opens. */
export function DetailsSection({ title, close, children }: SectionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="network-details" aria-labelledby="network-details">
      <div class="details-top">
        <h2 id="network-details" tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <button type="button" class="quiet" onClick={close}>
          {t('frame.close')}
        </button>
      </div>
      {children}
    </section>
  );
}
