import { scrollPace } from "../state/scroll-pace.ts";
import { whileShown } from "./while-shown.ts";

/**
 * An attachment that fetches a picture of a list once it can be looked at; see [Note: Calm pictures]. One that leaves the document before it
 * has come is fetched no further. `asked`: called when it is asked for.
 */
export function calmPicture(url: string, asked: () => void = () => undefined): (image: HTMLImageElement) => () => void {
  return (image) => {
    const callOff = scrollPace.whenCalm(() => {
      image.src = url;
      asked();
    });
    const leave = whileShown(image);
    return () => {
      callOff();
      // Still there: it has got another address, which the next attachment sets.
      if (!image.isConnected) leave();
    };
  };
}
