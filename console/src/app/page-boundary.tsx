import { Component, type ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemNote } from '../parts/problem.tsx';

interface PageBoundaryProps {
  readonly children: ReactNode;
}

/** What breaks on a page stays on it. React knows errors of drawing only by a class. */
export class PageBoundary extends Component<PageBoundaryProps, { readonly thrown?: unknown }> {
  override state: { readonly thrown?: unknown } = {};
  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }
  override render(): ReactNode {
    const { thrown } = this.state;
    if (thrown === undefined) return this.props.children;
    return (
      <Page title="This page broke" actions={<Button onClick={() => location.reload()}>Load it again</Button>}>
        <ProblemNote problem={thrown} />
        <p>The platform goes on regardless. Where it happens again, an older console may be open: load it anew.</p>
      </Page>
    );
  }
}
