// What happens in the browser itself: composers, menus, forms, tables that sort and page. Everything that matters to
// the workspace is sent to the server as one event, "gesture"; nothing here makes HTML out of text.
(() => {
  "use strict";
  const drafts = new Map();
  const send = (kind, more) => window.emitEvent("gesture", { kind, ...more });
  const closest = (node, selector) => (node instanceof Element ? node.closest(selector) : null);
  const make = (name, className, text) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // ---- rows: replaced without losing what somebody was doing in them -------------------------------------------
  const fieldKey = (field) => {
    const holder = field.closest("[data-action-id]");
    const block = field.closest("[data-block-id]");
    if (!holder || !block) return field.dataset.composer || field.dataset.keep || null;
    const option = field.type === "radio" || field.type === "checkbox" ? field.value : "";
    return [block.dataset.blockId, holder.dataset.actionId, option].join("|");
  };
  const isDirty = (field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected);
    return field.value !== field.defaultValue;
  };
  const fieldsOf = (node) => [...node.querySelectorAll("input, select, textarea")];

  function remember(node) {
    const values = new Map();
    for (const field of fieldsOf(node)) {
      const key = fieldKey(field);
      const radioTouched = field.type === "radio" && fieldsOf(node).some((f) => f.name === field.name && isDirty(f));
      if (key && (radioTouched || isDirty(field))) values.set(key, field.type === "radio" || field.type === "checkbox" ? field.checked : field.value);
    }
    const active = node.contains(document.activeElement) ? document.activeElement : null;
    const open = new Map([...node.querySelectorAll("details[data-keep]")].map((d) => [d.dataset.keep, d.open]));
    const scrolled = node.querySelector("[data-scroll]");
    return {
      values, open, scroll: scrolled ? scrolled.scrollTop : 0,
      focus: active && fieldKey(active),
      caret: active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null,
    };
  }

  function restore(node, kept) {
    for (const field of fieldsOf(node)) {
      const key = fieldKey(field);
      if (!key) continue;
      if (kept.values.has(key)) {
        if (typeof kept.values.get(key) === "boolean") field.checked = kept.values.get(key);
        else field.value = kept.values.get(key);
      }
      if (key === kept.focus) {
        field.focus({ preventScroll: true });
        try { if (kept.caret) field.setSelectionRange(...kept.caret); } catch { /* numbers and dates have no caret */ }
      }
    }
    for (const details of node.querySelectorAll("details[data-keep]")) {
      if (kept.open.has(details.dataset.keep)) details.open = kept.open.get(details.dataset.keep);
    }
    const scrolled = node.querySelector("[data-scroll]");
    if (scrolled) scrolled.scrollTop = kept.scroll;
  }

  function replace(node, html) {
    const kept = node.sandboxHtml === undefined ? null : remember(node);
    node.innerHTML = html;
    node.sandboxHtml = html;
    if (kept) restore(node, kept);
    if (kept && node.querySelector(".modal") && !document.querySelector(".confirm-cover") && !node.contains(document.activeElement)) {
      (node.querySelector(".has-error :is(input, select, textarea)") || node.querySelector("[data-do=close-view]"))?.focus();
    }
    node.querySelectorAll(".data-table").forEach(drawTable);
    node.querySelectorAll(".multi").forEach(drawMulti);
  }

  function enter(node) {
    const composer = node.querySelector("[data-composer]");
    if (composer && drafts.has(composer.dataset.composer)) {
      composer.value = drafts.get(composer.dataset.composer);
      fit(composer);
    }
    if (composer && !document.querySelector(".modal")) composer.focus({ preventScroll: true });
    const modal = node.querySelector(".modal");
    if (modal) (modal.querySelector("[autofocus]") || modal.querySelector(".modal-body input:not([type=radio]):not([type=checkbox]), .modal-body textarea, .modal-body select") || modal.querySelector("[data-do=close-view]")).focus();
  }

  function leave(node) {
    const composer = node.querySelector("[data-composer]");
    if (composer) drafts.set(composer.dataset.composer, composer.value);
    hideHints();
    if (node.querySelector(".modal")) setTimeout(() => { if (!document.querySelector(".modal")) document.querySelector("[data-testid=composer]")?.focus(); });
  }

  // ---- forms: their state in Slack's own shape; the server checks it ---------------------------------------------
  const LISTS = { multi_users_select: "selected_users", multi_channels_select: "selected_channels", multi_conversations_select: "selected_conversations" };
  const SINGLE = { users_select: "selected_user", channels_select: "selected_channel", conversations_select: "selected_conversation" };
  const optionOf = (node) => (node && node.dataset.option ? JSON.parse(node.dataset.option) : null);
  const checkedIn = (holder) => [...holder.querySelectorAll("input:checked")];

  function read(holder) {
    const type = holder.dataset.element;
    if (type in SINGLE) return { type, [SINGLE[type]]: holder.value || null };
    if (type in LISTS) return { type, [LISTS[type]]: checkedIn(holder).map((box) => box.value) };
    switch (type) {
      case "static_select": return { type, selected_option: optionOf(holder.selectedOptions[0]) };
      case "radio_buttons": return { type, selected_option: optionOf(checkedIn(holder)[0]) };
      case "checkboxes": case "multi_static_select": return { type, selected_options: checkedIn(holder).map(optionOf) };
      case "datepicker": return { type, selected_date: holder.value || null };
      case "datetimepicker": return { type, selected_date_time: holder.value ? Math.floor(new Date(holder.value).getTime() / 1000) : null };
      case "timepicker": return { type, selected_time: holder.value || null };
      case "button": case "icon_button": case "feedback_buttons": return { type, value: holder.dataset.value };
      case "overflow": return { type };
      default: return { type, value: holder.value === "" ? null : holder.value };
    }
  }
  const STATELESS = new Set(["button", "icon_button", "feedback_buttons", "overflow", "workflow_button"]);

  function stateOf(root) {
    const values = {};
    for (const holder of root.querySelectorAll("[data-element][data-action-id]")) {
      if (STATELESS.has(holder.dataset.element)) continue;
      const block = holder.closest("[data-block-id]").dataset.blockId;
      (values[block] ||= {})[holder.dataset.actionId] = read(holder);
    }
    return values;
  }

  function submit(modal) {
    busy(modal.querySelector("[data-do=submit]"));
    send("submit", { view: modal.dataset.view, values: stateOf(modal) });
  }

  function unmark(block) {
    block.querySelector(".field-error")?.remove();
    block.classList.remove("has-error");
  }

  function act(holder, value) {
    const root = holder.closest("[data-view], [data-ts]");
    const block = holder.closest("[data-block-id]");
    if (!root || !block || !("dispatch" in block.dataset)) return;
    const go = () => {
      busy(holder);
      send("act", {
        view: root.dataset.view || "", channel: root.dataset.channel || "", ts: root.dataset.ts || "",
        block_id: block.dataset.blockId, action: { ...value, action_id: holder.dataset.actionId }, values: stateOf(root),
      });
    };
    if (holder.dataset.confirm) ask(JSON.parse(holder.dataset.confirm), go);
    else go();
  }

  function busy(node) {
    if (!node || node.tagName !== "BUTTON") return;
    node.classList.add("busy");
    setTimeout(() => node.classList.remove("busy"), 4000);
  }

  function ask(words, go) {
    const cover = make("div", "cover confirm-cover");
    const box = make("div", "modal confirm");
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", words.title);
    box.dataset.testid = "confirm";
    const no = make("button", "button", words.deny || "Cancel");
    const yes = make("button", `button ${words.style === "danger" ? "danger filled" : "primary"}`, words.confirm || "Yes");
    const foot = make("div", "modal-foot");
    const end = () => cover.remove();
    no.onclick = end;
    yes.onclick = () => { end(); go(); };
    cover.onkeydown = (event) => { if (event.key === "Escape") { event.stopPropagation(); end(); } };
    foot.append(no, yes);
    box.append(make("div", "modal-title", words.title), make("div", "modal-body", words.text), foot);
    cover.append(box);
    document.body.append(cover);
    yes.focus();
  }

  // ---- editing what one typed -----------------------------------------------------------------------------------
  function edit(message, of) {
    if (message.querySelector(".editing")) return;
    const box = make("div", "editing");
    const area = make("textarea");
    area.value = of.text;
    area.dataset.testid = "edit-text";
    area.setAttribute("aria-label", "Edit message");
    const no = make("button", "button", "Cancel");
    const yes = make("button", "button primary", "Save");
    const end = () => { box.remove(); message.classList.remove("is-edited"); };
    const save = () => {
      const text = area.value.trim();
      end();
      if (text && text !== of.text) send("edit", { channel: of.channel, ts: of.ts, text });
    };
    no.onclick = end;
    yes.onclick = save;
    area.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") end();
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); save(); }
    };
    const foot = make("div", "editing-foot");
    foot.append(no, yes);
    box.append(area, foot);
    message.classList.add("is-edited");
    message.querySelector(".message-main").append(box);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  // ---- composers --------------------------------------------------------------------------------------------
  let hints = null;

  function fit(area) {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 180)}px`;
    area.closest(".composer").classList.toggle("has-text", Boolean(area.value.trim() || area.closest(".composer").querySelector(".clips [data-file]")));
  }

  function say(area) {
    const text = area.value.trim();
    const clips = area.closest(".composer").querySelector(".clips");
    const files = [...clips.querySelectorAll("[data-file]")].map((clip) => clip.dataset.file);
    if ((!text && !files.length) || files.includes("")) return; // "": it is still on its way
    send("say", { channel: area.dataset.channel, thread: area.dataset.thread || "", text, files });
    clips.replaceChildren();
    area.value = "";
    drafts.delete(area.dataset.composer);
    fit(area);
    hideHints();
    const list = area.closest(".pane")?.querySelector(".scroll");
    if (list) list.scrollTop = list.scrollHeight;
  }

  // A file goes to the server at once; the message that shares it carries its id.
  async function attach(area, file) {
    const clip = make("div", "clip", file.name);
    const away = make("button", "clip-away", "×");
    away.type = "button";
    away.setAttribute("aria-label", `Remove ${file.name}`);
    away.onclick = () => { clip.remove(); fit(area); };
    clip.dataset.file = "";
    clip.append(away);
    area.closest(".composer").querySelector(".clips").append(clip);
    const told = file.size ? await upload(file) : { error: "is empty, and is not sent." };
    if (told.id) clip.dataset.file = told.id;
    else refuse(clip, `${file.name} ${told.error || "could not be read, and is not sent."}`, away);
    fit(area);
    area.focus();
  }

  // The server's answer: an id, or why not. A folder cannot be read at all.
  async function upload(file) {
    try {
      const answer = await fetch(`/page/uploads?of=${encodeURIComponent(location.pathname)}&name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      return await answer.json();
    } catch {
      return {};
    }
  }

  // It stays to be read, and goes with the next message; it holds up nothing.
  function refuse(clip, why, away) {
    delete clip.dataset.file;
    clip.classList.add("refused");
    clip.setAttribute("role", "status");
    clip.replaceChildren(why, away);
  }

  function matching(area) {
    const known = JSON.parse(area.dataset.hints || "[]");
    const before = area.value.slice(0, area.selectionStart);
    if (/^\/[^\n]*$/.test(before)) {
      const typed = before.toLowerCase();
      return { from: 0, found: known.filter((h) => h.insert.startsWith("/") && h.insert.toLowerCase().startsWith(typed) && h.insert.toLowerCase() !== typed) };
    }
    const word = before.match(/(?:^|\s)(@[^\s@]*)$/);
    if (!word) return { from: 0, found: [] };
    const from = before.length - word[1].length;
    return { from, found: known.filter((h) => h.insert.toLowerCase().startsWith(word[1].toLowerCase())) };
  }

  function showHints(area) {
    hideHints();
    const { from, found } = matching(area);
    if (!found.length) return;
    const box = make("div", "hints");
    box.setAttribute("role", "listbox");
    box.dataset.testid = "hints";
    found.forEach((hint, index) => {
      const row = make("button", "hint");
      row.type = "button";
      row.setAttribute("role", "option");
      row.append(make("span", "hint-name", hint.name), make("span", "hint-about", hint.about));
      row.onmousedown = (event) => { event.preventDefault(); take(index); };
      box.append(row);
    });
    area.closest(".composer").append(box);
    hints = { area, from, found, box, at: 0 };
    mark(0);
  }

  function mark(index) {
    hints.at = (index + hints.found.length) % hints.found.length;
    [...hints.box.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === hints.at)));
  }

  function take(index) {
    const { area, from, found } = hints;
    const rest = area.value.slice(area.selectionStart);
    const start = area.value.slice(0, from) + found[index].insert + " ";
    area.value = start + rest.trimStart();
    area.setSelectionRange(start.length, start.length);
    fit(area);
    hideHints();
    area.focus();
    if (found[index].insert.startsWith("/")) showHints(area);
  }

  function hideHints() { hints?.box.remove(); hints = null; }

  function insert(area, text) {
    const before = area.value.slice(0, area.selectionStart);
    const gap = before && !/\s$/.test(before) && text !== "/" ? " " : "";
    area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    fit(area);
    showHints(area);
  }

  function composerKey(event, area) {
    if (event.isComposing) return;
    if (hints && hints.area === area) {
      const known = JSON.parse(area.dataset.hints).some((hint) => hint.insert === area.value.trim());
      const whole = area.value.startsWith("/") && (known || area.value.includes(" "));
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); return mark(hints.at + (event.key === "ArrowDown" ? 1 : -1)); }
      if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !whole)) { event.preventDefault(); return take(hints.at); }
      if (event.key === "Escape") { event.stopPropagation(); return hideHints(); }
    }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); say(area); }
  }

  // ---- tables that sort, filter and turn pages ----------------------------------------------------------------
  function drawTable(frame) {
    const body = frame.querySelector("tbody");
    frame.rowsInOrder ||= [...body.rows];
    frame.page ||= 0;
    const wanted = frame.querySelector(".data-table-filter").value.trim().toLowerCase();
    const shown = frame.rowsInOrder.filter((row) => row.textContent.toLowerCase().includes(wanted));
    const size = Number(frame.dataset.pageSize);
    const pages = Math.max(1, Math.ceil(shown.length / size));
    frame.page = Math.min(Math.max(frame.page, 0), pages - 1);
    const from = frame.page * size;
    body.replaceChildren(...shown.slice(from, from + size));
    const to = Math.min(from + size, shown.length);
    frame.querySelector(".data-table-place").textContent = shown.length ? `${from + 1}–${to} of ${shown.length}` : "Nothing matches";
    frame.querySelectorAll("[data-turn]").forEach((b) => { b.disabled = Number(b.dataset.turn) < 0 ? frame.page === 0 : frame.page >= pages - 1; });
    frame.querySelector(".data-table-foot").hidden = pages === 1 && !wanted;
  }

  function sortTable(frame, button) {
    const index = Number(button.dataset.sort);
    const head = button.closest("th");
    const down = head.getAttribute("aria-sort") === "ascending";
    frame.querySelectorAll("th[aria-sort]").forEach((th) => th.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => row.cells[index].dataset.value;
    frame.rowsInOrder.sort((a, b) => {
      const order = value(a) !== undefined && value(b) !== undefined
        ? Number(value(a)) - Number(value(b))
        : a.cells[index].textContent.localeCompare(b.cells[index].textContent, undefined, { numeric: true });
      return down ? -order : order;
    });
    frame.page = 0;
    drawTable(frame);
  }

  function drawMulti(holder) {
    const chosen = checkedIn(holder).map((box) => make("span", "chip", box.closest(".option").querySelector(".option-text").textContent));
    holder.querySelector(".multi-chosen").replaceChildren(...chosen);
    holder.querySelector(".multi-hint").hidden = chosen.length > 0;
  }

  // ---- what people do -----------------------------------------------------------------------------------------
  const DO = {
    "open-thread": (d) => send("open_thread", { channel: d.channel, ts: d.ts }),
    "close-thread": () => send("close_thread", {}),
    "open-channel": (d) => { document.body.classList.remove("show-sidebar"); send("open_channel", { channel: d.channel }); },
    "open-messages": () => send("open_messages", {}),
    "open-home": () => { document.body.classList.remove("show-sidebar"); send("open_home", {}); },
    "be": (d) => send("be", { user: d.user }),
    "shortcut": (d) => send("shortcut", { callback_id: d.callback }),
    "message-shortcut": (d) => send("message_shortcut", { callback_id: d.callback, channel: d.channel, ts: d.ts }),
    "let-time-pass": (d) => send("let_time_pass", { seconds: Number(d.seconds) }),
    "edit": (d, node) => edit(node.closest(".message"), d),
    "delete": (d) => ask({ title: "Delete message", text: "Delete this message? This cannot be undone.", confirm: "Delete", style: "danger" },
      () => send("delete", { channel: d.channel, ts: d.ts })),
    "dismiss": (d) => send("dismiss", { channel: d.channel, ts: d.ts }),
    "close-view": (d) => send("close", { view: d.view, all: d.all === "yes" }),
    "submit": (d, node) => submit(node.closest(".modal")),
    "sidebar": () => document.body.classList.toggle("show-sidebar"),
    "try": (d, node) => {
      const area = node.closest(".pane").querySelector("[data-composer]");
      area.value = d.text;
      area.focus();
      fit(area);
    },
    "insert": (d, node) => insert(node.closest(".composer").querySelector("textarea"), d.text),
    "attach": (d, node) => node.closest(".composer").querySelector("[data-attach]").click(),
    "send": (d, node) => say(node.closest(".composer").querySelector("textarea")),
  };

  // A link to a message, which Slack opens in place: https://slack.com/archives/C123/p1700000000123456
  const MESSAGE_LINK = /^https?:\/\/([^/]+)\/archives\/(\w+)\/p(\d{10})(\d{6})/;

  document.addEventListener("click", (event) => {
    const target = event.target;
    document.querySelectorAll("details.overflow[open], details.multi[open], details.pop[open]").forEach((d) => { if (!d.contains(target)) d.open = false; });
    if (!closest(target, ".sidebar, [data-do=sidebar]")) document.body.classList.remove("show-sidebar");
    const doing = closest(target, "[data-do]");
    if (doing) {
      const pop = doing.closest("details.pop");
      if (pop) pop.open = false;
      return DO[doing.dataset.do](doing.dataset, doing);
    }
    const linked = closest(target, "a[href]")?.href.match(MESSAGE_LINK);
    if (linked && (linked[1].endsWith("slack.com") || linked[1] === location.host)) {
      event.preventDefault();
      return send("open_thread", { channel: linked[2], ts: `${linked[3]}.${linked[4]}` });
    }
    const opened = closest(target, "[data-open-channel]");
    if (opened) return send("open_channel", { channel: opened.dataset.openChannel });
    const turn = closest(target, "[data-turn]");
    if (turn) { const frame = turn.closest(".data-table"); frame.page += Number(turn.dataset.turn); return drawTable(frame); }
    const sort = closest(target, "[data-sort]");
    if (sort) return sortTable(sort.closest(".data-table"), sort);
    const choice = closest(target, ".overflow .menu [data-option]");
    if (choice) {
      const holder = choice.closest(".overflow");
      holder.open = false;
      if (choice.dataset.url) window.open(choice.dataset.url, "_blank", "noopener");
      return act(holder, { type: "overflow", selected_option: optionOf(choice) });
    }
    const button = closest(target, "button[data-element]");
    if (button) {
      if (button.dataset.url) window.open(button.dataset.url, "_blank", "noopener");
      return act(button, read(button));
    }
    return undefined;
  });

  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      const area = closest(event.target, ".pane")?.querySelector("[data-composer]");
      if (!area || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (kind === "drop") [...event.dataTransfer.files].forEach((file) => attach(area, file));
    });
  }

  document.addEventListener("change", (event) => {
    if ("attach" in event.target.dataset) {
      const area = event.target.closest(".composer").querySelector("textarea");
      [...event.target.files].forEach((file) => attach(area, file));
      event.target.value = "";
      return;
    }
    const holder = closest(event.target, "[data-element]");
    if (!holder) return;
    const block = holder.closest("[data-block-id]");
    if (block?.classList.contains("has-error")) unmark(block);
    if (holder.classList.contains("multi")) { drawMulti(holder); holder.changed = true; return; }
    if (!["text", "number", "email", "url", "textarea"].includes(event.target.type)) act(holder, read(holder));
  });

  document.addEventListener("toggle", (event) => {
    const holder = event.target;
    if (!(holder instanceof HTMLDetailsElement)) return;
    const menu = holder.querySelector(":scope > .menu");
    if (menu && holder.open) {
      holder.classList.remove("up");
      const edge = (holder.closest(".scroll, .modal-body") || document.body).getBoundingClientRect().bottom;
      if (menu.getBoundingClientRect().bottom > edge) holder.classList.add("up");
    }
    if (holder.classList.contains("multi") && !holder.open && holder.changed) { holder.changed = false; act(holder, read(holder)); }
  }, true);

  document.addEventListener("input", (event) => {
    const area = event.target;
    if (area.matches("[data-composer]")) { fit(area); showHints(area); }
    else if (area.matches(".data-table-filter")) { const frame = area.closest(".data-table"); frame.page = 0; drawTable(frame); }
    else if ((area.dataset.dispatchOn || "").includes("on_character_entered")) act(area, read(area));
  });

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (target.matches?.("[data-composer]")) return composerKey(event, target);
    const modal = closest(target, ".modal[data-view]") || (target === document.body && document.querySelector(".modal[data-view]"));
    if (event.key === "Escape") {
      const open = document.querySelector("details.pop[open], details.overflow[open], details.multi[open]");
      if (open) open.open = false;
      else if (modal) send("close", { view: modal.dataset.view, all: false });
      return undefined;
    }
    if (modal && event.key === "Tab") return keepInside(event, modal);
    if (event.key !== "Enter" || target.tagName !== "INPUT") return undefined;
    const block = target.closest("[data-block-id]");
    if (block && "dispatch" in block.dataset && (target.dataset.dispatchOn || "").includes("on_enter_pressed")) { event.preventDefault(); return act(target, read(target)); }
    if (modal && modal.querySelector("[data-do=submit]")) { event.preventDefault(); submit(modal); }
    return undefined;
  });

  function keepInside(event, modal) {
    const stops = [...modal.querySelectorAll("button, input, select, textarea, summary, a[href]")].filter((n) => !n.disabled && n.offsetParent);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  }

  window.sandbox = {
    replace, enter, leave,
    idle: () => document.querySelectorAll(".busy").forEach((node) => node.classList.remove("busy")),
  };
})();
