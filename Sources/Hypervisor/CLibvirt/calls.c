/* libvirt is loaded at the first call, after the server has started: with the fifty libraries it depends on, it would
   take half of the start time. */
#include "shim.h"

#define LIBRARY "libvirt.so.0"
#include "loaded.h"

CALL(int, virConnectClose, (virConnectPtr conn), (conn))
CALL(int, virConnectDomainEventDeregisterAny, (virConnectPtr conn, int callbackID), (conn, callbackID))
CALL(int, virConnectDomainEventRegisterAny, (virConnectPtr conn, virDomainPtr dom, int eventID,
      virConnectDomainEventGenericCallback cb, void *opaque, virFreeCallback freecb),
     (conn, dom, eventID, cb, opaque, freecb))
CALL(int, virConnectGetAllDomainStats, (virConnectPtr conn, unsigned int stats,
      virDomainStatsRecordPtr **retStats, unsigned int flags), (conn, stats, retStats, flags))
CALL(char *, virConnectGetDomainCapabilities, (virConnectPtr conn, const char *emulatorbin,
      const char *arch, const char *machine, const char *virttype, unsigned int flags),
     (conn, emulatorbin, arch, machine, virttype, flags))
CALL(int, virConnectIsAlive, (virConnectPtr conn), (conn))
CALL(virConnectPtr, virConnectOpen, (const char *name), (name))
CALL(int, virConnectRegisterCloseCallback, (virConnectPtr conn, virConnectCloseFunc cb, void *opaque,
      virFreeCallback freecb), (conn, cb, opaque, freecb))
CALL(int, virConnectSetKeepAlive, (virConnectPtr conn, int interval, unsigned int count),
     (conn, interval, count))
CALL(int, virConnectUnregisterCloseCallback, (virConnectPtr conn, virConnectCloseFunc cb), (conn, cb))
CALL(int, virDomainCreate, (virDomainPtr domain), (domain))
CALL(virDomainPtr, virDomainCreateXML, (virConnectPtr conn, const char *xmlDesc, unsigned int flags),
     (conn, xmlDesc, flags))
CALL(virDomainPtr, virDomainDefineXML, (virConnectPtr conn, const char *xml), (conn, xml))
CALL(int, virDomainDestroy, (virDomainPtr domain), (domain))
CALL(int, virDomainFree, (virDomainPtr domain), (domain))
CALL(unsigned int, virDomainGetID, (virDomainPtr domain), (domain))
CALL(int, virDomainGetDiskErrors, (virDomainPtr dom, virDomainDiskErrorPtr errors, unsigned int maxerrors,
      unsigned int flags), (dom, errors, maxerrors, flags))
CALL(int, virDomainGetInfo, (virDomainPtr domain, virDomainInfoPtr info), (domain, info))
CALL(const char *, virDomainGetName, (virDomainPtr domain), (domain))
CALL(int, virDomainGetState, (virDomainPtr domain, int *state, int *reason, unsigned int flags),
     (domain, state, reason, flags))
CALL(char *, virDomainGetXMLDesc, (virDomainPtr domain, unsigned int flags), (domain, flags))
CALL(int, virDomainHasManagedSaveImage, (virDomainPtr dom, unsigned int flags), (dom, flags))
CALL(int, virDomainInterfaceAddresses, (virDomainPtr dom, virDomainInterfacePtr **ifaces,
      unsigned int source, unsigned int flags), (dom, ifaces, source, flags))
CALL(void, virDomainInterfaceFree, (virDomainInterfacePtr iface), (iface))
CALL(int, virDomainIsActive, (virDomainPtr dom), (dom))
CALL(int, virDomainGetUUIDString, (virDomainPtr domain, char *buf), (domain, buf))
CALL(int, virDomainListAllSnapshots, (virDomainPtr domain, virDomainSnapshotPtr **snaps, unsigned int flags),
     (domain, snaps, flags))
CALL(virDomainPtr, virDomainLookupByUUIDString, (virConnectPtr conn, const char *uuid), (conn, uuid))
CALL(virDomainPtr, virDomainLookupByName, (virConnectPtr conn, const char *name), (conn, name))
CALL(int, virDomainManagedSaveDefineXML, (virDomainPtr domain, const char *dxml, unsigned int flags),
     (domain, dxml, flags))
CALL(char *, virDomainManagedSaveGetXMLDesc, (virDomainPtr domain, unsigned int flags), (domain, flags))
CALL(int, virDomainOpenConsole, (virDomainPtr dom, const char *dev_name, virStreamPtr st, unsigned int flags),
     (dom, dev_name, st, flags))
CALL(int, virDomainOpenGraphicsFD, (virDomainPtr dom, unsigned int idx, unsigned int flags), (dom, idx, flags))
CALL(int, virDomainReboot, (virDomainPtr domain, unsigned int flags), (domain, flags))
CALL(int, virDomainResume, (virDomainPtr domain), (domain))
CALL(int, virDomainSetMemoryFlags, (virDomainPtr domain, unsigned long memory, unsigned int flags),
     (domain, memory, flags))
CALL(int, virDomainSetTime, (virDomainPtr dom, long long seconds, unsigned int nseconds, unsigned int flags),
     (dom, seconds, nseconds, flags))
CALL(int, virDomainSetVcpusFlags, (virDomainPtr domain, unsigned int nvcpus, unsigned int flags),
     (domain, nvcpus, flags))
CALL(int, virDomainShutdown, (virDomainPtr domain), (domain))
CALL(int, virDomainSnapshotFree, (virDomainSnapshotPtr snapshot), (snapshot))
CALL(char *, virDomainSnapshotGetXMLDesc, (virDomainSnapshotPtr snapshot, unsigned int flags),
     (snapshot, flags))
CALL(void, virDomainStatsRecordListFree, (virDomainStatsRecordPtr *stats), (stats))
CALL(int, virDomainSuspend, (virDomainPtr domain), (domain))
CALL(int, virDomainUndefine, (virDomainPtr domain), (domain))
CALL(int, virDomainUndefineFlags, (virDomainPtr domain, unsigned int flags), (domain, flags))
CALL(int, virDomainUpdateDeviceFlags, (virDomainPtr domain, const char *xml, unsigned int flags),
     (domain, xml, flags))
CALL(int, virEventAddHandle, (int fd, int events, virEventHandleCallback cb, void *opaque, virFreeCallback ff),
     (fd, events, cb, opaque, ff))
CALL(int, virEventRegisterDefaultImpl, (void), ())
CALL(int, virEventRemoveHandle, (int watch), (watch))
CALL(int, virEventRunDefaultImpl, (void), ())
CALL(void, virEventUpdateHandle, (int watch, int events), (watch, events))
CALL(virErrorPtr, virGetLastError, (void), ())
CALL(int, virInitialize, (void), ())
CALL(int, virNetworkCreate, (virNetworkPtr network), (network))
CALL(void, virNetworkDHCPLeaseFree, (virNetworkDHCPLeasePtr lease), (lease))
CALL(virNetworkPtr, virNetworkDefineXML, (virConnectPtr conn, const char *xmlDesc), (conn, xmlDesc))
CALL(int, virNetworkDestroy, (virNetworkPtr network), (network))
CALL(int, virNetworkFree, (virNetworkPtr network), (network))
CALL(int, virNetworkGetDHCPLeases, (virNetworkPtr network, const char *mac, virNetworkDHCPLeasePtr **leases,
      unsigned int flags), (network, mac, leases, flags))
CALL(char *, virNetworkGetXMLDesc, (virNetworkPtr network, unsigned int flags), (network, flags))
CALL(int, virNetworkIsActive, (virNetworkPtr net), (net))
CALL(int, virNetworkListAllPorts, (virNetworkPtr network, virNetworkPortPtr **ports, unsigned int flags),
     (network, ports, flags))
CALL(virNetworkPtr, virNetworkLookupByName, (virConnectPtr conn, const char *name), (conn, name))
CALL(int, virNetworkSetAutostart, (virNetworkPtr network, int autostart), (network, autostart))
CALL(int, virNetworkUpdate, (virNetworkPtr network, unsigned int command, unsigned int section, int parentIndex,
      const char *xml, unsigned int flags), (network, command, section, parentIndex, xml, flags))
CALL(int, virNWFilterFree, (virNWFilterPtr nwfilter), (nwfilter))
CALL(virNWFilterPtr, virNWFilterLookupByName, (virConnectPtr conn, const char *name), (conn, name))
CALL(int, virNodeGetInfo, (virConnectPtr conn, virNodeInfoPtr info), (conn, info))
CALL(void, virResetLastError, (void), ())
CALL(void, virSetErrorFunc, (void *userData, virErrorFunc handler), (userData, handler))
CALL(int, virStoragePoolBuild, (virStoragePoolPtr pool, unsigned int flags), (pool, flags))
CALL(int, virStoragePoolCreate, (virStoragePoolPtr pool, unsigned int flags), (pool, flags))
CALL(virStoragePoolPtr, virStoragePoolDefineXML, (virConnectPtr conn, const char *xmlDesc,
      unsigned int flags), (conn, xmlDesc, flags))
CALL(int, virStoragePoolFree, (virStoragePoolPtr pool), (pool))
CALL(int, virStoragePoolGetInfo, (virStoragePoolPtr pool, virStoragePoolInfoPtr info), (pool, info))
CALL(const char *, virStoragePoolGetName, (virStoragePoolPtr pool), (pool))
CALL(char *, virStoragePoolGetXMLDesc, (virStoragePoolPtr pool, unsigned int flags), (pool, flags))
CALL(int, virStoragePoolIsActive, (virStoragePoolPtr pool), (pool))
CALL(int, virStoragePoolListAllVolumes, (virStoragePoolPtr pool, virStorageVolPtr **vols, unsigned int flags),
     (pool, vols, flags))
CALL(virStoragePoolPtr, virStoragePoolLookupByName, (virConnectPtr conn, const char *name), (conn, name))
CALL(virStoragePoolPtr, virStoragePoolLookupByVolume, (virStorageVolPtr vol), (vol))
CALL(int, virStoragePoolRefresh, (virStoragePoolPtr pool, unsigned int flags), (pool, flags))
CALL(int, virStoragePoolSetAutostart, (virStoragePoolPtr pool, int autostart), (pool, autostart))
CALL(virStorageVolPtr, virStorageVolCreateXML, (virStoragePoolPtr pool, const char *xmldesc,
      unsigned int flags), (pool, xmldesc, flags))
CALL(int, virStorageVolDelete, (virStorageVolPtr vol, unsigned int flags), (vol, flags))
CALL(int, virStorageVolFree, (virStorageVolPtr vol), (vol))
CALL(int, virStorageVolGetInfo, (virStorageVolPtr vol, virStorageVolInfoPtr info), (vol, info))
CALL(const char*, virStorageVolGetName, (virStorageVolPtr vol), (vol))
CALL(char *, virStorageVolGetPath, (virStorageVolPtr vol), (vol))
CALL(char *, virStorageVolGetXMLDesc, (virStorageVolPtr pool, unsigned int flags), (pool, flags))
CALL(virStorageVolPtr, virStorageVolLookupByName, (virStoragePoolPtr pool, const char *name), (pool, name))
CALL(virStorageVolPtr, virStorageVolLookupByPath, (virConnectPtr conn, const char *path), (conn, path))
CALL(int, virStorageVolResize, (virStorageVolPtr vol, unsigned long long capacity, unsigned int flags),
     (vol, capacity, flags))
CALL(int, virStorageVolUpload, (virStorageVolPtr vol, virStreamPtr stream, unsigned long long offset,
      unsigned long long length, unsigned int flags), (vol, stream, offset, length, flags))
CALL(int, virStreamAbort, (virStreamPtr st), (st))
CALL(int, virStreamEventAddCallback, (virStreamPtr stream, int events, virStreamEventCallback cb, void *opaque,
      virFreeCallback ff), (stream, events, cb, opaque, ff))
CALL(int, virStreamEventRemoveCallback, (virStreamPtr stream), (stream))
CALL(int, virStreamEventUpdateCallback, (virStreamPtr stream, int events), (stream, events))
CALL(int, virStreamFinish, (virStreamPtr st), (st))
CALL(int, virStreamFree, (virStreamPtr st), (st))
CALL(virStreamPtr, virStreamNew, (virConnectPtr conn, unsigned int flags), (conn, flags))
CALL(int, virStreamRecv, (virStreamPtr st, char *data, size_t nbytes), (st, data, nbytes))
CALL(int, virStreamSend, (virStreamPtr st, const char *data, size_t nbytes), (st, data, nbytes))
CALL(int, virTypedParamsGetInt, (virTypedParameterPtr params, int nparams, const char *name, int *value),
     (params, nparams, name, value))
CALL(int, virTypedParamsGetString, (virTypedParameterPtr params, int nparams, const char *name,
      const char **value), (params, nparams, name, value))
CALL(int, virTypedParamsGetUInt, (virTypedParameterPtr params, int nparams, const char *name,
      unsigned int *value), (params, nparams, name, value))
CALL(int, virTypedParamsGetULLong, (virTypedParameterPtr params, int nparams, const char *name,
      unsigned long long *value), (params, nparams, name, value))
