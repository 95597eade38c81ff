/**
 * What the preview's page and the local Discord say to each other, as JSON over one WebSocket at `/preview/socket`.
 * Objects named API… have the shape of Discord's REST API v10.
 */

export interface PreviewUser {
  id: string;
  username: string;
  global_name: string | null;
  bot: boolean;
}

export interface PreviewRole {
  id: string;
  name: string;
  /** Whether the user of the page has it. */
  own: boolean;
}

export interface PreviewChannel {
  id: string;
  /** Discord's channel types: 0 text, 1 direct messages, 5 announcement, 11 thread, 15 forum. */
  type: number;
  name: string;
  topic: string | null;
  /** `null` for direct messages. */
  guild_id: string | null;
  /** The channel a thread belongs to. */
  parent_id: string | null;
  /** Of a post in a forum: the names of its tags, with their emoji. */
  tags: string[];
  /** A thread nobody wrote in for long, or that was closed. */
  archived: boolean;
}

/** A value given to an option; subcommands nest through `options`, as in Discord's interaction data. */
export interface PreviewOption {
  name: string;
  type: number;
  value?: string | number | boolean;
  focused?: boolean;
  options?: PreviewOption[];
}

/** Any JSON object in Discord's own shape; the page reads the fields it renders. */
export type ApiObject = Record<string, unknown>;

export type FromPage =
  | {
      type: 'command';
      nonce: string;
      channelId: string;
      commandId: string;
      options: PreviewOption[];
    }
  | {
      type: 'autocomplete';
      nonce: string;
      channelId: string;
      commandId: string;
      options: PreviewOption[];
    }
  | {
      type: 'press';
      nonce: string;
      channelId: string;
      messageId: string;
      customId: string;
      componentType: number;
      values?: string[];
    }
  | {
      type: 'submit';
      nonce: string;
      channelId: string;
      messageId: string | null;
      customId: string;
      components: ApiObject[];
    }
  | { type: 'dismiss'; channelId: string; messageId: string };

export type ToPage =
  | {
      type: 'hello';
      user: PreviewUser;
      bot: PreviewUser;
      guild: { id: string; name: string };
      /** Everybody in the server, bots too. */
      people: PreviewUser[];
      roles: PreviewRole[];
      channels: PreviewChannel[];
      /** Registered application commands. */
      commands: ApiObject[];
      /** By channel id, oldest first; includes the private (ephemeral) ones for this user. */
      messages: Record<string, ApiObject[]>;
      botOnline: boolean;
    }
  | { type: 'commands'; commands: ApiObject[] }
  | { type: 'roles'; roles: PreviewRole[] }
  | { type: 'channels'; channels: PreviewChannel[] }
  | { type: 'bot'; online: boolean }
  /** A new or changed message, matched by `id`. A deferred answer has flag 128 (loading). */
  | { type: 'message'; channelId: string; message: ApiObject }
  | { type: 'deleted'; channelId: string; messageId: string }
  | { type: 'choices'; nonce: string; choices: { name: string; value: string | number }[] }
  | { type: 'modal'; nonce: string; modal: ApiObject; messageId: string | null }
  /** The interaction with this nonce was answered (the answer itself comes as `message`). */
  | { type: 'done'; nonce: string }
  /** It failed; `reason` says so as Discord would ("The application did not respond"). */
  | { type: 'failed'; nonce: string; reason: string }
  /** A request of the bot was refused as Discord would refuse it. */
  | {
      type: 'refused';
      method: string;
      path: string;
      status: number;
      code: number;
      message: string;
      detail: string;
    };
