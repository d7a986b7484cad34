import { useEffect, useRef, useState } from 'preact/hooks';

/** The width of an element in pixels, so that a drawing has letters of the page’s own size. */
export function useWidth<Kind extends HTMLElement>() {
  const element = useRef<Kind>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

/** Whether there is room for more than a phone shows. */
export const hasRoom = (): boolean => matchMedia('(min-width: 40rem)').matches;
