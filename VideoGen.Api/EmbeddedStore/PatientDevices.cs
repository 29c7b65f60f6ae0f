using Tsavorite.core;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>Wraps every file of the store (log, append-only file, checkpoints) in a <see cref="PatientDevice"/>.</summary>
internal sealed class PatientDevices(INamedDeviceFactoryCreator files, StoreRoom room) : INamedDeviceFactoryCreator
{
    public INamedDeviceFactory Create(string baseName) => new Folder(files.Create(baseName), room);

    private sealed class Folder(INamedDeviceFactory files, StoreRoom room) : INamedDeviceFactory
    {
        public IDevice Get(FileDescriptor fileInfo) => new PatientDevice(files.Get(fileInfo), room);

        public void Delete(FileDescriptor fileInfo) => files.Delete(fileInfo);

        public IEnumerable<FileDescriptor> ListContents(string path) => files.ListContents(path);
    }
}
