import { type ReactNode, useEffect, useRef } from 'react';

interface ListEndProps {
  /** One has come near it. */
  readonly onNear: () => void;
  readonly children: ReactNode;
}

/** The end of a list that has more: tells when it comes near the window. */
export function ListEnd({ onNear, children }: ListEndProps) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(onNear);
  latest.current = onNear;
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="list-end" ref={element}>
      {children}
    </div>
  );
}
