using Garnet.server;
using Garnet.server.Auth.Settings;
using Tsavorite.core;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>The Garnet settings that keep every acknowledged write. The defaults are for a cache on a large machine.</summary>
internal static class StoreSettings
{
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(5);

    public static GarnetServerOptions Create(
        string folder, StoreAddress address, StoreRoom room, EmbeddedStoreOptions options) => new()
        {
            EndPoints = [address.EndPoint],
            UnixSocketPath = address.SocketPath,
            UnixSocketPermission = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            AuthSettings = address.Password is { } password ? new PasswordAuthenticationSettings(password) : null,
            EnableCluster = false,
            MaxDatabases = 1,
            QuietMode = true,

            // A connection whose write waits for free space holds a thread, even after its client has disconnected.
            NetworkConnectionLimit = 32,

            // The default device needs libaio and ends the process if it is missing.
            DeviceType = DeviceType.RandomAccess,
            DeviceFactoryCreator = new PatientDevices(
            new LocalStorageNamedDeviceFactoryCreator(deviceType: DeviceType.RandomAccess), room),
            LogDir = folder,
            CheckpointDir = folder,
            EnableStorageTier = true,
            Recover = true,
            FailOnRecoveryError = true,

            // Writers wait for the file themselves (StoreServer.WrittenAsync) and share commits. Garnet would commit each record
            // alone, and a script would hold its key locks during the commit.
            EnableAOF = true,
            CommitFrequencyMs = -1,
            WaitForCommit = false,

            // Beyond the limit a checkpoint truncates the file. Without a limit it grows forever.
            AofSizeLimit = "64m",
            AofSizeLimitEnforceFrequencySecs = 1,
            AofMemorySize = "32m",
            AofPageSize = "8m",
            AofSegmentSize = "64m",

            LogMemorySize = "128m",
            PageSize = "4m",
            IndexMemorySize = "16m",
            IndexMaxMemorySize = "128m",
            SegmentSize = "64m",
            ObjectLogSegmentSize = "64m",
            // Data that outgrows the memory is appended to the main log again at every change. Without compaction its files grow
            // forever. No interval: compaction then runs within each checkpoint, and only a checkpoint may delete files.
            CompactionType = LogCompactionType.Lookup,
            CompactionMaxSegments = options.LogSegments,
            BufferPoolMemoryBudget = "32m",

            // The ETag check of grain storage is a script. Only as a transaction does it have one winner.
            EnableLua = true,
            LuaTransactionMode = true,
            LuaOptions = new LuaOptions(LuaMemoryManagementMode.Native, "", ScriptLimit, LuaLoggingMode.Silent, []),
        };
}
