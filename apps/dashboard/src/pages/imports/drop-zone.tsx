import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useEffect, useState, type DragEvent } from 'react';
import { errorText } from '../../components/load.js';
import { useSpeech } from '../../text/speech.js';
import type { Uploading } from './uploads.js';

/** Takes files that are dropped or chosen, several at once. A file dropped beside it does not replace the page. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { drop } = useSpeech().text.files;
  const [over, setOver] = useState(false);
  useNoStrayDrop();
  const take = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  };
  return (
    <div
      className={over ? 'drop-zone drop-zone-over' : 'drop-zone'}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={take}
    >
      <IconFileUpload size={34} aria-hidden />
      <Text fw={600} className="only-wide">
        {drop.here}
      </Text>
      <Text size="sm" c="dimmed" className="only-wide">
        {drop.or}
      </Text>
      <FileButton multiple accept=".csv,.tsv,.txt,text/csv,text/plain" onChange={onFiles}>
        {(props) => <Button {...props}>{drop.choose}</Button>}
      </FileButton>
      <Text size="sm" c="dimmed">
        {drop.hint}
      </Text>
    </div>
  );
}

/** Without this the browser would open a file that misses the zone, and the page would be gone. */
function useNoStrayDrop(): void {
  useEffect(() => {
    const ignore = (event: globalThis.DragEvent) => event.preventDefault();
    window.addEventListener('dragover', ignore);
    window.addEventListener('drop', ignore);
    return () => {
      window.removeEventListener('dragover', ignore);
      window.removeEventListener('drop', ignore);
    };
  }, []);
}

interface ListProps {
  readonly uploads: readonly Uploading[];
  readonly onRemove: (key: string) => void;
  readonly onAgain: (key: string) => void;
}

/** The files on their way, each with how far it has come or why it is not. */
export function UploadList({ uploads, onRemove, onAgain }: ListProps) {
  if (uploads.length === 0) return null;
  return (
    <Stack gap={0} mt="sm" role="status">
      {uploads.map((one) => (
        <UploadRow key={one.key} uploading={one} onRemove={onRemove} onAgain={onAgain} />
      ))}
    </Stack>
  );
}

function UploadRow({
  uploading: { key, file, share, fault, error },
  onRemove,
  onAgain,
}: { uploading: Uploading } & Omit<ListProps, 'uploads'>) {
  const { text, language } = useSpeech();
  const { drop } = text.files;
  const stopped = fault !== null || error !== null;
  const percent = Math.floor(share * 100);
  return (
    <div className="upload-row">
      <div>
        <Text size="sm">
          {stopped
            ? drop.failed(file.name)
            : share < 1
              ? drop.sending(file.name, percent)
              : drop.checking(file.name)}
        </Text>
        {stopped ? (
          <Text size="sm" className="run-error">
            {fault ? drop[fault] : errorText(error, language)}
          </Text>
        ) : (
          <Progress value={percent} size="sm" aria-label={file.name} animated={share >= 1} />
        )}
      </div>
      <Group gap="xs">
        {error !== null && (
          <Button size="compact-sm" variant="default" onClick={() => onAgain(key)}>
            {drop.again}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => onRemove(key)}>
          {stopped ? drop.drop : drop.stop}
        </Button>
      </Group>
    </div>
  );
}
