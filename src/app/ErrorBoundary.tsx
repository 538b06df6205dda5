import { Component, type ReactNode } from 'react';

interface Props {
  /** What to show instead of a blank page. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Keeps a broken screen from becoming a blank page. React itself logs the error. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
