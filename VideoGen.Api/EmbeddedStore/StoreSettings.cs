using Garnet.server;
using Garnet.server.Auth.Settings;
using Tsavorite.core;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>The settings under which Garnet keeps what it acknowledged; its defaults are for a cache on a big machine.</summary>
internal static class StoreSettings
{
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(5);

    public static GarnetServerOptions Create(string folder, StoreAddress address, StoreRoom room, EmbeddedStoreOptions options) => new()
    {
        EndPoints = [address.EndPoint],
        UnixSocketPath = address.SocketPath,
        UnixSocketPermission = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        AuthSettings = address.Password is { } password ? new PasswordAuthenticationSettings(password) : null,
        EnableCluster = false,
        MaxDatabases = 1,
        QuietMode = true,

        // A connection whose write waits for room holds a thread, also when its client has long gone.
        NetworkConnectionLimit = 32,

        // The default device needs libaio and ends the process where it is missing.
        DeviceType = DeviceType.RandomAccess,
        DeviceFactoryCreator = new PatientDevices(new LocalStorageNamedDeviceFactoryCreator(deviceType: DeviceType.RandomAccess), room),
        LogDir = folder,
        CheckpointDir = folder,
        EnableStorageTier = true,
        Recover = true,
        FailOnRecoveryError = true,

        // Who writes waits for the file by itself (StoreServer.WrittenAsync), together with all others. Garnet would commit each
        // record alone, and a script would wait for that with its keys locked.
        EnableAOF = true,
        CommitFrequencyMs = -1,
        WaitForCommit = false,

        // Past the limit a checkpoint cuts the file; without one it grows for ever.
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
        // What outgrows the memory is appended to the main log again at every change; without this its files grow for ever, too.
        // No interval: it then runs inside each checkpoint, which alone may delete files.
        CompactionType = LogCompactionType.Lookup,
        CompactionMaxSegments = options.LogSegments,
        BufferPoolMemoryBudget = "32m",

        // The ETag check of grain storage is a script; only as a transaction does it have one winner.
        EnableLua = true,
        LuaTransactionMode = true,
        LuaOptions = new LuaOptions(LuaMemoryManagementMode.Native, "", ScriptLimit, LuaLoggingMode.Silent, []),
    };
}
