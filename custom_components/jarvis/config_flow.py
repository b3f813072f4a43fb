"""Sets Jarvis up: the voice gateway, a language model if wanted, the pipeline."""

from collections.abc import Mapping
from typing import Any, override
from urllib.parse import urlparse

import voluptuous as vol
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlowResult,
    ConfigSubentry,
    ConfigSubentryData,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_HOST, CONF_MODEL, CONF_PORT, CONF_URL
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.helpers.service_info.hassio import HassioServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo

from .const import (
    CONF_CREATE_PIPELINE,
    CONF_LANGUAGE,
    CONF_LOCAL,
    DEFAULT_VOICE_PORT,
    DOMAIN,
    SUBENTRY_ACCESS_RULE,
    SUBENTRY_MODEL_SERVER,
    SUBENTRY_VOICE_NODE,
)
from .flows import (
    AccessRuleFlow,
    FormError,
    JarvisOptionsFlow,
    ModelServerFlow,
    ReauthFlow,
    VoiceNodeFlow,
    async_choose_model,
    async_read_model_server,
    model_schema,
    model_server_schema,
    model_title,
    no_models_step,
    read_voice_node,
    server_key,
    server_placeholders,
    try_voice_node,
    voice_node_schema,
    voice_title,
)

LANGUAGES = ["fr", "en"]


class JarvisConfigFlow(ReauthFlow, domain=DOMAIN):
    """One entry for the whole assistant; servers and rules are its subentries."""

    VERSION = 1
    MINOR_VERSION = 1

    def __init__(self) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._node: dict[str, Any] = {}
        self._node_id: str | None = None
        self._node_name = ""
        self._server: dict[str, Any] = {}
        self._models: list[str] = []

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the servers and rules that can be added, in any number."""
        return {
            SUBENTRY_VOICE_NODE: VoiceNodeFlow,
            SUBENTRY_MODEL_SERVER: ModelServerFlow,
            SUBENTRY_ACCESS_RULE: AccessRuleFlow,
        }

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the dialogue of the settings."""
        return JarvisOptionsFlow()

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the voice gateway and try it; without one Jarvis reads and writes."""
        if self._async_current_entries():
            return self.async_abort(reason="single_instance_allowed")
        errors: dict[str, str] = {}
        if user_input is not None:
            if not user_input.get(CONF_HOST, "").strip():
                return await self.async_step_model_server()
            try:
                self._node = await read_voice_node(user_input)
            except FormError as err:
                errors[err.field] = err.key
            else:
                self._node_name = voice_title(self._node)
                return await self.async_step_model_server()
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                voice_node_schema(required=False), user_input
            ),
            errors=errors,
        )

    async def async_step_model_server(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a model server; an empty address goes on without one."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._server = {}
            if not user_input.get(CONF_URL, "").strip():
                return await self.async_step_assistant()
            try:
                self._server, self._models = await async_read_model_server(
                    self.hass, user_input
                )
            except FormError as err:
                errors[err.field] = err.key
            else:
                return (
                    await self.async_step_model() if self._models else self._no_models()
                )
        return self.async_show_form(
            step_id="model_server",
            data_schema=self.add_suggested_values_to_schema(
                model_server_schema(required=False), user_input or self._server
            ),
            errors=errors,
        )

    def _no_models(self) -> ConfigFlowResult:
        """Say how a model gets onto a server that has none."""
        return self.async_show_menu(
            step_id=no_models_step(self._server),
            menu_options=["look_again", "model", "assistant"],
            description_placeholders=server_placeholders(self._server),
        )

    async def async_step_no_models(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say it of a server that pulls its models."""
        return self._no_models()

    async def async_step_nothing_served(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say it of a server that is given its models."""
        return self._no_models()

    async def async_step_look_again(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask the same server again, without the form where it answers."""
        return await self.async_step_model_server(self._server)

    async def async_step_model(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose one of the server's models."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                data = await async_choose_model(self.hass, self._server, user_input)
            except FormError as err:
                errors[err.field] = err.key
            else:
                self._server = data
                if data.get(CONF_LOCAL, True):
                    return await self.async_step_assistant()
                return await self.async_step_outside()
        return self.async_show_form(
            step_id="model",
            data_schema=self.add_suggested_values_to_schema(
                model_schema(self._models), user_input
            ),
            errors=errors,
        )

    async def async_step_outside(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what leaves the home, before it does."""
        return self.async_show_menu(
            step_id="outside",
            menu_options=["assistant", "model_server"],
            description_placeholders=server_placeholders(self._server),
        )

    async def async_step_assistant(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer the Assist pipeline and finish."""
        if user_input is None:
            return self.async_show_form(
                step_id="assistant",
                data_schema=_assistant_schema(self.hass.config.language),
            )
        await self.async_set_unique_id(DOMAIN)
        self._abort_if_unique_id_configured()
        subentries: list[ConfigSubentryData] = []
        if self._node:
            subentries.append(
                {
                    "subentry_type": SUBENTRY_VOICE_NODE,
                    "title": self._node_name,
                    "data": self._node,
                    "unique_id": self._node_id,
                }
            )
        # One whose model was not chosen can be added later.
        if CONF_MODEL in self._server:
            subentries.append(
                {
                    "subentry_type": SUBENTRY_MODEL_SERVER,
                    "title": model_title(self._server),
                    "data": self._server,
                    "unique_id": None,
                }
            )
        return self.async_create_entry(
            title="Jarvis", data=user_input, subentries=subentries
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change the language, or make a pipeline that was deleted again."""
        entry = self._get_reconfigure_entry()
        if user_input is not None:
            return self.async_update_and_abort(entry, data_updates=user_input)
        language = entry.data.get(CONF_LANGUAGE, self.hass.config.language)
        return self.async_show_form(
            step_id="reconfigure", data_schema=_assistant_schema(language)
        )

    @override
    async def async_step_zeroconf(
        self, discovery_info: ZeroconfServiceInfo
    ) -> ConfigFlowResult:
        """Take a gateway that announced itself on the network."""
        properties = discovery_info.properties
        name = discovery_info.name.removesuffix(f".{discovery_info.type}")
        return await self._discovered(
            properties.get("uuid") or name,
            properties.get("name") or name,
            discovery_info.host,
            discovery_info.port or DEFAULT_VOICE_PORT,
        )

    @override
    async def async_step_hassio(
        self, discovery_info: HassioServiceInfo
    ) -> ConfigFlowResult:
        """Take the gateway of the app that the Supervisor runs."""
        uri = urlparse(discovery_info.config["uri"])
        return await self._discovered(
            discovery_info.uuid,
            discovery_info.name,
            uri.hostname or "localhost",
            uri.port or DEFAULT_VOICE_PORT,
        )

    async def _discovered(
        self, node_id: str, name: str, host: str, port: int
    ) -> ConfigFlowResult:
        """Offer a discovered node, or follow one that is known to a new address."""
        await self.async_set_unique_id(node_id)
        self._abort_if_unique_id_configured()
        for entry in self._async_current_entries():
            for subentry in entry.get_subentries_of_type(SUBENTRY_VOICE_NODE):
                address = {CONF_HOST: host, CONF_PORT: port}
                known = subentry.data[CONF_HOST], subentry.data[CONF_PORT]
                if node_id == subentry.unique_id or (
                    server_key(known) == server_key((host, port))
                ):
                    self.hass.config_entries.async_update_subentry(
                        entry, subentry, data=address, unique_id=node_id
                    )
                    return self.async_abort(reason="already_configured")
        self._node = {CONF_HOST: host, CONF_PORT: port}
        self._node_id, self._node_name = node_id, name
        self.context["title_placeholders"] = {"name": name}
        return await self.async_step_discovery_confirm()

    async def async_step_discovery_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask before a discovered node is used."""
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await try_voice_node(self._node[CONF_HOST], self._node[CONF_PORT])
            except FormError as err:
                # Nothing was typed, so the form has no field for it.
                errors["base"] = err.key
            else:
                for entry in self._async_current_entries():
                    self._add_node(entry)
                    return self.async_abort(
                        reason="node_added",
                        description_placeholders={"name": self._node_name},
                    )
                return await self.async_step_model_server()
        return self.async_show_form(
            step_id="discovery_confirm",
            description_placeholders={"name": self._node_name, **_text(self._node)},
            errors=errors,
        )

    def _add_node(self, entry: ConfigEntry) -> None:
        self.hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=self._node,  # type: ignore[arg-type]
                subentry_type=SUBENTRY_VOICE_NODE,
                title=self._node_name,
                unique_id=self._node_id,
            ),
        )


def _text(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in values.items()}


def _assistant_schema(language: str) -> vol.Schema:
    default = language.partition("-")[0]
    return vol.Schema(
        {
            vol.Required(
                CONF_LANGUAGE, default=default if default in LANGUAGES else "en"
            ): SelectSelector(
                SelectSelectorConfig(
                    options=LANGUAGES,
                    mode=SelectSelectorMode.DROPDOWN,
                    translation_key="language",
                )
            ),
            vol.Required(CONF_CREATE_PIPELINE, default=True): BooleanSelector(),
        }
    )
