import { Alert, Button, Container, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useText } from '../text/speech.js';

interface Props {
  readonly children: ReactNode;
}

/** Keeps a page that cannot be drawn from taking everything else with it. */
export class Boundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { common } = useText();
  return (
    <Container size="sm" py="xl">
      <Alert
        color="red"
        variant="outline"
        icon={<IconAlertTriangle aria-hidden />}
        title={common.broken}
        role="alert"
      >
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{common.brokenHelp}</Text>
          <Button variant="default" size="sm" onClick={() => window.location.reload()}>
            {common.reload}
          </Button>
        </Stack>
      </Alert>
    </Container>
  );
}
