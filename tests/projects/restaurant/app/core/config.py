"""Settings of the application, from the environment."""
import os


class Settings:
    PROJECT_NAME: str = "GetInn Operations"

    DATABASE_URL: str = os.getenv(
        "DATABASE_URL", "postgresql+asyncpg://getinn:getinn@localhost:5432/getinn"
    )
    # all tables live in one schema, so that several applications share a database
    DATABASE_SCHEMA: str = os.getenv("DATABASE_SCHEMA", "getinn_ops")

    DEFAULT_CURRENCY: str = os.getenv("DEFAULT_CURRENCY", "EUR")
    MAX_PARTY_SIZE: int = 20

    @property
    def sync_database_url(self) -> str:
        return self.DATABASE_URL.replace("+asyncpg", "")


settings = Settings()
