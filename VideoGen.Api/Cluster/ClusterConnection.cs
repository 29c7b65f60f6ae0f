namespace VideoGen.Api.Cluster;

/// <summary>The connection of this API process to its cluster.</summary>
internal sealed class ClusterConnection : ILifecycleParticipant<IClusterClientLifecycle>, IClusterConnectionStatusObserver
{
    private volatile bool _hasJoined;
    private volatile int _gateways;

    /// <summary>Whether the client was ever connected. Before that no grain can be called.</summary>
    public bool HasJoined => _hasJoined;

    /// <summary>Whether a silo is connected now.</summary>
    public bool IsConnected => _hasJoined && _gateways > 0;

    /// <summary>Raised when a silo is lost, perhaps with changes that it had stored but not published.</summary>
    public event Action? SiloLost;

    public void Participate(IClusterClientLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ClusterConnection), ServiceLifecycleStage.Active, _ =>
        {
            _hasJoined = true;
            return Task.CompletedTask;
        });

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered)
    {
        _gateways = currentNumberOfGateways;
        if (currentNumberOfGateways < previousNumberOfGateways)
        {
            SiloLost?.Invoke();
        }
    }

    public void NotifyClusterConnectionLost()
    {
        _gateways = 0;
        SiloLost?.Invoke();
    }
}
